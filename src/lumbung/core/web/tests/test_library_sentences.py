"""What Django says beside a field is said in our words."""

import pytest
from django import forms
from django.utils import translation


class Typed(forms.Form):
    """A field without sentences of its own."""

    name = forms.CharField(max_length=3)
    email = forms.EmailField(required=False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Isi bagian ini lebih dahulu."),
        ({"name": "abcd"}, "Isian melebihi 3 karakter (sekarang 4). Ringkas isian ini."),
        ({"name": "a\x00"}, "Isian ini memuat karakter yang tidak dapat dibaca. Ketik ulang isian ini."),
        ({"name": "a", "email": "x"}, "Isi alamat surel dengan lengkap, misalnya nama@contoh.id."),
    ],
)
def test_a_field_without_sentences_of_its_own_says_the_way_out(typed, sentence):
    with translation.override("id"):
        assert sentence in [str(error) for errors in Typed(typed).errors.values() for error in errors]
