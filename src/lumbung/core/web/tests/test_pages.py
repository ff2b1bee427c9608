import re

import pytest
from django.contrib.staticfiles import finders
from django.template import loader
from django.test import override_settings

from lumbung.core.web import vendor
from lumbung.core.web.finders import NodeModulesFinder

pytestmark = pytest.mark.usefixtures("plain_static_files")
PAGES = ["/gaya/", "/privasi/", "/ketentuan/", "/aksesibilitas/"]


@pytest.fixture
def plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_pages_about_the_site_open_in_both_languages(client, prefix, address):
    response = client.get(prefix + address)
    assert response.status_code == 200
    assert f'<html lang="{"en" if prefix else "id"}"' in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PAGES, "/"])
def test_no_page_carries_inline_style_or_script(client, address):
    html = client.get(address).text
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.django_db
def test_an_unknown_address_says_so_inside_the_layout(client):
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert 'id="isi"' in response.text


@pytest.mark.parametrize("code", [500, 503, 507])
def test_pages_for_our_own_faults_need_neither_database_nor_context(code):
    assert "<h1>" in loader.get_template(f"web/{code}.html").render()


@pytest.mark.django_db
def test_a_field_with_an_error_points_to_it_for_screen_readers(client):
    html = client.get("/gaya/").text
    described = re.search(r'<textarea[^>]*aria-describedby="([^"]+)"', html[html.index("wrong-") :]).group(1)
    assert f'id="{described}"' in html


@pytest.mark.django_db
def test_every_id_on_the_page_is_there_once(client):
    ids = re.findall(r'\sid="([^"]+)"', client.get("/gaya/").text)
    assert len(ids) == len(set(ids))


def test_the_finder_serves_only_files_on_the_list(tmp_path):
    source, target = vendor.FILES[0]
    (tmp_path / source).parent.mkdir(parents=True)
    (tmp_path / source).write_bytes(b"font")
    (tmp_path / "secret.js").write_text("x")
    with override_settings(LUMBUNG_NODE_MODULES=tmp_path):
        finder = NodeModulesFinder()
        assert finder.find(target) == str(tmp_path / source)
        assert finder.find("secret.js") == []
        assert finder.find("vendor/leaflet.js") == []


def test_every_listed_file_is_named_once():
    assert len({target for _, target in vendor.FILES}) == len(vendor.FILES)


def test_our_own_static_files_are_found():
    assert finders.find("web/lumbung.css")


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_says_so_when_it_is_opened(client):
    response = client.get("/ntb/laporan/NTB-2026-000001/tambah/")
    assert response.status_code == 405
    assert "POST" in response["Allow"]
    assert "kiriman formulir" in response.text


@pytest.mark.django_db
def test_a_shared_address_shows_title_and_lede_in_a_messenger(client):
    page = client.get("/privasi/").content.decode()
    assert '<meta property="og:title" content="Privasi">' in page
    assert re.search(r'<meta property="og:description" content="Data pribadi apa [^"<]+">', page)
    assert re.search(r'<meta property="og:image" content="http://[^"]+preview[^"]*\.png">', page)


def test_the_privacy_page_speaks_of_those_who_take_part_in_an_action_plan(client):
    for address, words in (
        (
            "/privasi/",
            (
                "Usulan, masukan atas draf, pendapat atas komitmen",
                "Keanggotaan forum",
                "paling lama setelah satu tahun",
            ),
        ),
        ("/en/privasi/", ("Ideas, comments on a draft, remarks on a commitment", "Membership in a forum")),
    ):
        page = client.get(address).content.decode()
        assert all(each in page for each in words)
