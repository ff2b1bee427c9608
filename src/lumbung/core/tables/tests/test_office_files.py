import dataclasses

import pytest

from lumbung.core.tables.shapes import LeftOutRow, Mark, Reading
from lumbung.core.tables.sources import marks, naming
from lumbung.core.tables.sources.base import Unreadable, Wanted
from lumbung.core.tables.tests import makers
from lumbung.core.tables.tests.bringing import codes, look, read, refused, table

# As offices publish it: title, merged header of two rows, numbering, marks, total, source, legend, signature.
PUBLISHED = [
    ["Tabel 3.1.2 Jumlah Penduduk menurut Kecamatan", None, None, None, None],
    ["Kabupaten Sumbawa Barat, 2024", None, None, None, None],
    [None, None, None, None, None],
    ["No", "Kecamatan", "Penduduk", None, "Rasio"],
    [None, None, "Laki-laki", "Perempuan", None],
    ["(1)", "(2)", "(3)", "(4)", "(5)"],
    [1, "Taliwang", "28.104*", "27.001", "1,04"],
    [2, "Seteluk", "9.211", "9.010r", "1,02"],
    [3, "Brang Ene", "–", "NA", "…"],
    [4, "Maluk", "8.000**", "7.900", "1,01"],
    [None, "Jumlah", "45.315", "43.911", "1,03"],
    [None, None, None, None, None],
    ["Sumber: Dinas Kependudukan dan Pencatatan Sipil", None, None, None, None],
    ["Catatan: * Angka sementara; ** Angka sangat sementara; r Angka diperbaiki; – Nihil; … Data tidak tersedia"],
    ["Taliwang, 5 Januari 2025", None, None, None, None],
]
MERGED = ("A1:E1", "A4:A5", "B4:B5", "C4:D4", "E4:E5")


def published_csv() -> str:
    return makers.csv_text([[f'"{cell or ""}"' for cell in (*row, *[None] * 5)[:5]] for row in PUBLISHED], ";")


@pytest.fixture(params=["xlsx", "csv"])
def published(request: pytest.FixtureRequest) -> bytes | str:
    return makers.xlsx(PUBLISHED, merged=MERGED) if request.param == "xlsx" else published_csv()


def test_the_header_of_several_rows_becomes_one_label_for_each_column(published: bytes | str) -> None:
    found = look(published)
    assert found.reading.header_rows == (4, 5)
    assert found.labels == ("No", "Kecamatan", "Penduduk / Laki-laki", "Penduduk / Perempuan", "Rasio")
    assert found.reading.names == ("no", "kecamatan", "penduduk_laki_laki", "penduduk_perempuan", "rasio")


def test_titles_numbering_totals_and_footer_are_proposed_to_be_left_out_with_their_text(published: bytes | str) -> None:
    found = look(published)
    told = [(row.row, row.why) for row in found.reading.left_out_rows]
    footer = [(13, "footer"), (14, "footer"), (15, "footer")]
    assert told == [(1, "title"), (2, "title"), (6, "numbering"), (11, "total"), *footer]
    assert found.reading.left_out_rows[4].text.startswith("Sumber: Dinas")
    assert {"header-found", "footer-found", "totals-found"} <= set(codes(found.reasons))


def test_marks_are_found_with_the_words_of_the_legend(published: bytes | str) -> None:
    found = look(published)
    assert found.reading.mark_columns == (2, 3, 4)
    meanings = {mark.text: (mark.meaning, mark.legend) for mark in found.reading.marks}
    assert meanings == {
        "*": ("preliminary", "Angka sementara"),
        "**": ("very_preliminary", "Angka sangat sementara"),
        "r": ("revised", "Angka diperbaiki"),
        "–": ("nil", "Nihil"),
        "…": ("not_available", "Data tidak tersedia"),
        "NA": ("not_available", ""),
    }
    assert {"marks-by-legend", "marks-by-habit"} <= set(codes(found.reasons))


def test_confirmed_marks_stand_beside_the_number_and_everything_left_out_is_told(published: bytes | str) -> None:
    found = read(published)
    head, *rows = table(found)
    assert head[2:4] == ["penduduk_laki_laki", "penduduk_laki_laki__tanda"]
    assert rows[0] == ["1", "Taliwang", "28.104", "*", "27.001", "", "1,04", ""]
    assert rows[2] == ["3", "Brang Ene", "", "–", "", "NA", "", "…"]
    assert found.marks_moved["penduduk_laki_laki__tanda"] == {"*": 1, "–": 1, "**": 1}
    assert [row.row for row in found.left_out] == [1, 2, 6, 11, 13, 14, 15]
    assert found.left_out[3].text == "Jumlah | 45.315 | 43.911 | 1,03"
    assert found.blank_rows == 1


def test_nothing_is_left_out_or_moved_that_was_not_confirmed(published: bytes | str) -> None:
    whole = dataclasses.replace(
        look(published).reading,
        left_out_rows=(),
        marks=(),
        mark_columns=(),
        leave_out_blank=False,
        fill_short_rows=True,
    )
    rows = table(read(published, reading=whole))[1:]
    assert rows[0] == ["1", "Taliwang", "28.104*", "27.001", "1,04"]
    assert rows[4] == ["", "Jumlah", "45.315", "43.911", "1,03"]
    assert len(rows) == 9


def test_row_numbers_of_the_source_are_kept_across_rows_left_out() -> None:
    data = "nama,n\nA,1\n\nB,2\nJumlah,3\nC,4\nD,5\nE,1\nF,1\n"
    found = read(data)
    assert [row[0] for row in table(found)[1:]] == ["A", "B", "C", "D", "E", "F"]
    assert [found.plain.numbers().source_row(row) for row in (1, 2, 3, 6)] == [2, 4, 6, 9]
    assert found.plain.first_data_row == 2


def test_a_person_may_choose_another_header_row_or_none() -> None:
    data = "Data,2024\nnama,n\nA,1\nB,2\n"
    assert look(data, wanted=Wanted(header_rows=(2,))).labels == ("nama", "n")
    bare = look("A,1\nB,2\n", wanted=Wanted(header_rows=()))
    assert (bare.reading.names, bare.reading.first_data_row) == (("kolom_1", "kolom_2"), 1)


def test_a_file_without_header_is_doubted_and_all_its_rows_are_data() -> None:
    data = "52.07.01,Taliwang,10\n52.07.02,Seteluk,20\n"
    assert codes(look(data).doubts) == ["no-header"]
    assert table(read(data))[1:] == [["52.07.01", "Taliwang", "10"], ["52.07.02", "Seteluk", "20"]]


def test_years_may_be_labels_but_a_column_of_years_is_data() -> None:
    assert look("kecamatan,2023,2024\nA,1500,1600\nB,9,8\n").reading.names == ("kecamatan", "tahun_2023", "tahun_2024")
    assert codes(look("A,2023\nB,2024\n").doubts) == ["no-header"]


def test_columns_without_label_and_cells_are_left_out_and_those_with_cells_are_named() -> None:
    data = "a,,b,\n1,,x,\n2,,y,9\n"
    found = look(data)
    assert found.reading.left_out_columns == (1,)
    assert found.reading.names == ("a", "b", "kolom_3")
    assert codes(found.doubts) == ["label-blank"]
    assert table(read(data))[1:] == [["1", "x", ""], ["2", "y", "9"]]


def test_a_header_printed_again_on_every_page_is_left_out() -> None:
    data = "nama,n\nA,1\nB,2\nnama,n\nC,3\n"
    assert look(data).reading.left_out_rows == (LeftOutRow(4, "header_again", "nama | n"),)


def test_a_table_about_totals_keeps_them() -> None:
    data = "uraian,n\nJumlah,3\nTotal,4\nRata-rata,5\n"
    assert look(data).reading.left_out_rows == ()
    indicator = "indikator,n\nJumlah penduduk miskin,3\nLuas,4\nSekolah,5\n"
    assert look(indicator).reading.left_out_rows == ()


def test_bare_numbers_below_the_header_are_data_unless_they_only_count_columns() -> None:
    assert look("a,b,c\n1,2,3\n4,5,6\n").reading.first_data_row == 2
    assert look("no,nama,desa,n\n1,2,3,4\n1,A,B,5\n2,C,D,6\n").reading.first_data_row == 3


def test_a_dash_in_a_column_of_words_stays_a_dash() -> None:
    data = "nama,catatan,n\nA,-,1\nB,baik,2\nC,-,-\n"
    found = look(data)
    assert found.reading.mark_columns == (2,)
    assert table(read(data))[3] == ["C", "-", "", "-"]


def test_superscripts_are_marks_only_where_the_file_explains_them() -> None:
    data = "nama,n\nA,1.200¹\nB,3\n"
    assert look(data).reading.marks == ()
    explained = look(data + "\n¹ Termasuk penduduk sementara,\n")
    assert explained.reading.marks == (Mark("¹", "preliminary", "Termasuk penduduk sementara"),)


def test_a_mark_leaves_alone_what_is_no_number() -> None:
    split = marks.Splitter([Mark("*", "preliminary"), Mark("r", "revised"), Mark("-", "nil")]).split
    told = {
        "1.234*": ("1.234", "*"),
        "bintang*": ("bintang*", ""),
        "-5": ("-5", ""),
        "12 r": ("12", "r"),
        "-": ("", "-"),
    }
    assert {cell: split(cell) for cell in told} == told


def test_a_spreadsheets_own_separator_line_is_told_and_left_out() -> None:
    found = look("sep=;\na;b\n1;2,5\n")
    assert found.reading.left_out_rows == (LeftOutRow(1, "separator_line", "sep="),)
    assert found.labels == ("a", "b")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Nama Kecamatan ", "nama_kecamatan"),
        ("Persentase (%)", "persentase_persen"),
        ("Luas (m²)", "luas_m2"),
        ("Laki-laki + Perempuan", "laki_laki_plus_perempuan"),
        ("2024", "tahun_2024"),
        ("1 tahun", "kolom_1_tahun"),
        ("Kafé", "kafe"),
        ("数", "kolom_1"),
    ],
)
def test_names_come_from_labels(label: str, name: str) -> None:
    assert naming.names_of([label]) == (name,)


def test_names_are_unique_and_never_that_of_a_column_of_marks() -> None:
    assert naming.names_of(["a", "A", "a__tanda", "", "a 2"]) == ("a", "a_2", "a_tanda", "kolom_4", "a_2_2")


@pytest.mark.parametrize("names", [("a", "a"), ("A", "b"), ("a", "x__tanda"), ("1a", "b"), ("a",)])
def test_confirmed_names_have_to_be_names(names: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as told:
        read("a,b\n1,2\n", reading=dataclasses.replace(look("a,b\n1,2\n").reading, names=names))
    assert refused(told.value)[0] in {"name-unfit", "names-do-not-fit"}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"header_rows": (9,), "first_data_row": 10}, "header-beyond-end"),
        ({"header_rows": (2,), "first_data_row": 1}, "header-below-data"),
        ({"header_rows": (10**9,), "first_data_row": 10**9}, "header-too-deep"),
    ],
)
def test_a_reading_that_does_not_fit_its_file_is_refused(change: dict[str, object], rule: str) -> None:
    with pytest.raises(Unreadable) as told:
        read("a,b\n1,2\n", reading=dataclasses.replace(Reading("csv", encoding="utf-8", separator=","), **change))
    assert refused(told.value)[0] == rule


def test_the_end_of_a_large_file_is_looked_at_as_well_as_its_beginning() -> None:
    body = "".join(f"Desa {number},{number}\n" for number in range(8_000))
    data = f"nama,n\n{body}Jumlah,9\n{body}Total,9\n\nSumber: BPS,\n"
    found = look(data)
    assert found.row_count == 16_005
    told = [(row.row, row.why) for row in found.reading.left_out_rows]
    assert told == [(8_002, "total"), (16_003, "total"), (16_005, "footer")]
    outcome = read(data)
    assert outcome.plain.row_count == 16_000
    assert outcome.plain.numbers().source_row(8_001) == 8_003


def test_a_column_that_is_filled_late_is_kept() -> None:
    data = "nama,,n\n" + "A,,1\n" * 6_000 + "B,x,1\n" + "A,,1\n" * 900
    assert look(data).reading.left_out_columns == ()


def test_a_village_whose_name_is_a_word_of_footers_stays() -> None:
    data = "desa,n,luas\nTaliwang,1,2\nSumber Agung,3,4\n"
    assert look(data).reading.left_out_rows == ()
    assert look("desa\nTaliwang\nSumber Agung\n").reading.left_out_rows == ()
    assert look(data + "Sumber: BPS,,\n").reading.left_out_rows == (LeftOutRow(4, "footer", "Sumber: BPS"),)
    assert [row.row for row in look(data + "Sumber BPS,,\nNIP. 19,,\n").reading.left_out_rows] == [4, 5]


def test_years_below_a_group_become_labels_of_two_parts() -> None:
    found = look("Kecamatan;Penduduk (Jiwa);;\n;2022;2023;2024\nTaliwang;1.000;1.100;1.200\nSeteluk;900;910;920\n")
    assert found.reading.header_rows == (1, 2)
    assert found.reading.names == ("kecamatan", *(f"penduduk_jiwa_{year}" for year in (2022, 2023, 2024)))


def test_a_signature_below_the_table_is_left_out_with_its_text() -> None:
    data = 'desa,n,luas,kk\nA,1,2,3\nB,4,5,6\n,,,\n,,"Taliwang, 2 Januari 2025",\n,,Kepala Dinas,\n'
    found = look(data)
    assert [row.why for row in found.reading.left_out_rows] == ["footer", "footer"]
