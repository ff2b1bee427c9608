"""Addresses of stories, below /ntb/data/cerita/."""

from django.urls import path

from lumbung.modules.open_data.pages.stories import desk, reading

urlpatterns = [
    path("", reading.story_list, name="stories"),
    path("kelola/", desk.desk, name="story-desk"),
    path("kelola/baru/", desk.begin, name="story-begin"),
    path("kelola/<slug:story>/", desk.detail, name="story-draft"),
    path("kelola/<slug:story>/tulis/", desk.write, name="story-write"),
    path("kelola/<slug:story>/ajukan/", desk.submit, name="story-submit"),
    path("kelola/<slug:story>/kembalikan/", desk.give_back, name="story-return"),
    path("kelola/<slug:story>/terbitkan/", desk.publish, name="story-publish"),
    path("kelola/<slug:story>/tarik/", desk.withdraw, name="story-withdraw"),
    path("<slug:story>/", reading.story, name="story"),
    path("<slug:story>/v<int:number>/", reading.edition, name="story-edition"),
]
