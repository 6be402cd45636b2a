"""Forms out and in, as commands: what a clerk types, what is said, what stands afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from excel_at_hand import as_reported, csv_of, filled
from packages_at_hand import plan_until, table, write_table

from tiendo.cli import main
from tiendo.config import ROOT

TODAY = "2024-12-20"
YEAR = "2024"
REPORTERS = 16
"""Twelve districts, three agencies that owe a report, and the department that collects them."""

Says = Callable[..., tuple[int, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The shipped data before the edition of 2024, with its draft."""
    data = plan_until(tmp_path, 2023)
    assert main(["new", YEAR, "--data", str(data), "--today", TODAY]) == 0
    return data


@pytest.fixture
def says(data: Path, capsys: pytest.CaptureFixture[str]) -> Says:
    """How a command ended and what it said."""

    def called(*arguments: object, language: str = "vi", today: str = TODAY) -> tuple[int, str]:
        capsys.readouterr()
        texts = [str(each) for each in arguments]
        code = main([*texts, "--data", str(data), "--today", today, "--lang", language])
        told = capsys.readouterr()
        return code, told.out + told.err

    return called


@pytest.fixture
def forms(says: Says, tmp_path: Path) -> Path:
    """The forms that were sent out, filled in with what the shipped edition of 2024 says."""
    folder = tmp_path / "biểu"
    assert says("form", YEAR, "--out", folder)[0] == 0
    for number, path in enumerate(sorted(folder.iterdir())):
        path.write_bytes(
            filled(
                path.read_bytes(),
                as_reported(path.read_bytes(), ROOT / "data", 2024),
                document=f"Báo cáo minh họa số {number}",
            )
        )
    return folder


def form_of(folder: Path, reporter: str) -> Path:
    return folder / f"bieu-{YEAR}-{reporter}.xlsx"


def draft(data: Path) -> Path:
    return data / "results" / YEAR / "v1"


def files(data: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in data.rglob("*") if path.is_file()}


# Out ----------------------------------------------------------------------------------------


def test_each_reporter_gets_a_form(says: Says, tmp_path: Path) -> None:
    code, said = says("form", YEAR, "--out", tmp_path / "biểu")

    names = sorted(path.stem for path in (tmp_path / "biểu").iterdir())
    assert (code, f"Đã có {REPORTERS} biểu" in said) == (0, True)
    assert len(names) == REPORTERS
    assert {"bieu-2024-so-gddt", "bieu-2024-ubnd-tu-ky", "bieu-2024-ldld-tinh"} < {*names}


def test_one_reporter_can_be_asked_for(says: Says, tmp_path: Path) -> None:
    says("form", YEAR, "--reporter", "ubnd-tu-ky", "--out", tmp_path / "biểu")

    assert [path.name for path in (tmp_path / "biểu").iterdir()] == ["bieu-2024-ubnd-tu-ky.xlsx"]


def test_a_reporter_that_is_none_is_told_who_is(says: Says, tmp_path: Path) -> None:
    code, said = says("form", YEAR, "--reporter", "ubnd-tu-kỳ", "--out", tmp_path / "biểu")

    assert (code, "ubnd-tu-kỳ" in said, "ubnd-tu-ky" in said) == (2, True, True)
    assert not (tmp_path / "biểu").exists()


def test_a_form_that_may_be_filled_in_is_not_overwritten(forms: Path, says: Says) -> None:
    before = files(forms)

    code, said = says("form", YEAR, "--out", forms)

    assert (code, said.count("giữ nguyên")) == (0, REPORTERS)
    assert files(forms) == before


def test_of_a_year_that_is_signed_off_there_are_no_forms(says: Says, tmp_path: Path) -> None:
    code, said = says("form", "2023", "--out", tmp_path / "biểu")

    assert (code, "python3 build.py correct 2023" in said) == (2, True)


# In -----------------------------------------------------------------------------------------


def test_all_forms_together_make_the_whole_edition(forms: Path, says: Says, data: Path) -> None:
    code, said = says("import", forms, "--year", YEAR)

    shipped = {
        (row["indicator"], row["area"]): [row[name] for name in ("numerator", "value", "missing")]
        for row in table(ROOT / "data/results/2024/v1/observations.csv")
    }
    made = {
        (row["indicator"], row["area"]): [row[name] for name in ("numerator", "value", "missing")]
        for row in table(draft(data) / "observations.csv")
    }
    assert (code, "Đã đủ mọi dòng." in said) == (0, True)
    assert made == shipped
    assert len(table(draft(data) / "reports.csv")) == REPORTERS
    assert says("check")[0] == 0


def test_one_after_the_other_in_any_order_they_make_the_same(
    forms: Path, says: Says, data: Path
) -> None:
    says("import", forms, "--year", YEAR)
    together = files(draft(data))
    for name in ("observations", "reports"):
        file = draft(data) / f"{name}.csv"
        rows = [] if name == "reports" else table(file)
        write_table(file, [{key: row[key] for key in ("indicator", "area")} for row in rows])

    half = sorted(forms.iterdir(), reverse=True)
    code, said = says("import", *half[:7], "--year", YEAR)
    assert (code, "Còn thiếu: Ủy ban nhân dân thành phố Chí Linh, 10 dòng" in said) == (0, True)
    assert says("import", *half[7:], "--year", YEAR)[0] == 0

    def sets(of: dict[str, bytes]) -> dict[str, list[bytes]]:
        return {path: sorted(content.splitlines()) for path, content in of.items()}

    assert sets(files(draft(data))) == sets(together)


def test_the_same_forms_again_change_nothing(forms: Path, says: Says, data: Path) -> None:
    says("import", forms, "--year", YEAR)
    before = files(data)

    code, said = says("import", forms, "--year", YEAR)

    assert (code, "không có gì thay đổi" in said) == (0, True)
    assert files(data) == before


def test_one_bad_cell_keeps_all_files_out_and_all_of_them_are_told(
    forms: Path, says: Says, data: Path
) -> None:
    before = files(data)
    path = form_of(forms, "ubnd-tu-ky")
    path.write_bytes(filled(path.read_bytes(), {("kn-song", "tu-ky"): {"numerator": "khoảng 60"}}))
    form_of(forms, "ubnd-gia-loc").write_bytes(b"%PDF-1.7\n")

    code, said = says("import", forms, "--year", YEAR)

    assert code == 1
    assert "bieu-2024-ubnd-tu-ky.xlsx" in said
    assert "import-number-about" in said
    assert "import-pdf" in said
    assert "Chưa nhận gì; mọi tệp giữ nguyên." in said
    assert files(data) == before


def test_what_only_the_whole_edition_shows_is_told_of_the_form_that_brought_it(
    forms: Path, says: Says, data: Path
) -> None:
    """A standard that requires another: each cell by itself is sound."""
    before = files(data)
    path = form_of(forms, "ubnd-tu-ky")
    path.write_bytes(filled(path.read_bytes(), {("pcgd-th-md3", "tu-ky"): {"value": 0}}))

    code, said = says("import", forms, "--year", YEAR)

    assert (code, files(data) == before) == (1, True)
    assert "LỖI bieu-2024-ubnd-tu-ky.xlsx [Biểu số liệu], dòng 15, cột Tỷ lệ (%) hoặc mức" in said
    assert "[standard-implies]" in said


def test_repairs_and_what_gives_way_are_listed(forms: Path, says: Says) -> None:
    says("import", forms, "--year", YEAR)
    rows = [["Đơn vị", "Chỉ tiêu", "Tử số", "Mẫu số"], ["tu ky", "kn-song", "50.100", "94.200"]]
    other = forms.with_name("bảng.csv")
    other.write_bytes(csv_of(rows))

    code, said = says("import", other, "--year", YEAR, "--status", "P")

    assert code == 0
    assert "bảng.csv, dòng 2" in said
    assert "Thay cho những gì đang có:" in said
    assert "“34800” → “50100”" in said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_a_draft_it_says_how_to_make_one(forms: Path, says: Says, language: str) -> None:
    code, said = says("import", forms, "--year", "2030", language=language)

    assert (code, "python3 build.py new 2030" in said) == (1, True)


def test_a_file_that_is_not_there_is_named(says: Says) -> None:
    assert says("import", "không có.xlsx", "--year", YEAR) == (2, "Không thấy tệp không có.xlsx.\n")


def test_a_draft_that_can_not_be_read_is_not_merged_into(
    forms: Path, says: Says, data: Path
) -> None:
    file = draft(data) / "observations.csv"
    file.write_bytes(file.read_text().replace(",", ";").encode())
    before = files(data)

    code, said = says("import", forms, "--year", YEAR)

    assert (code, "[file-separator]" in said, files(data) == before) == (1, True, True)


def test_what_a_clerk_wrote_into_the_draft_by_hand_stays(
    forms: Path, says: Says, data: Path
) -> None:
    file = draft(data) / "observations.csv"
    rows = table(file)
    hand = next(row for row in rows if (row["indicator"], row["area"]) == ("kn-song", "chi-linh"))
    hand.update(numerator="40000", denominator="90000", status="A", note_vi="Ghi tay.")
    write_table(file, rows)

    says("import", form_of(forms, "ubnd-tu-ky"), "--year", YEAR)

    assert hand in table(file)


def test_the_draft_says_of_itself_that_its_figures_are_illustrative(data: Path) -> None:
    """As the edition before it does: nobody has to remember."""
    assert json.loads((draft(data) / "datapackage.json").read_text())["illustrative"] is True
