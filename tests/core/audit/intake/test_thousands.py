"""“1.500” is neither 1500 nor 1.5 before somebody says so."""

from pathlib import Path

import pytest

from workbench.audit.intake import dataset, dialects
from workbench.audit.intake.inspection import Dialect
from workbench.basics.errors import DataRefused

GERMAN = "id{0}income\n1{0}900\n2{0}1.500\n3{0}12.000\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "data.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        GERMAN.format(";"),
        GERMAN.format("\t"),
        GERMAN.format(";") + "4;\n5;-2.000\n",
        "id;income\n1;1.000\n2;2.000\n",
        "id;income;share\n1;1.500;0,75\n",
        "id;income\n" + "1;900\n" * 5_000 + "2;1.500\n",
        'id;income\n1;"1.500"\n2;7\n',
        GERMAN.format(","),
        GERMAN.format("|"),
        'id,income\n1,"1,500"\n2,900\n',
        'id,income\n1,"1,500"\n2,"2,750"\n',
        "id\tincome\n1\t1,500\n2\t12,000\n",
        "id;income\n1;900\n2;1,500\n",
    ],
)
def test_it_refuses(tmp_path: Path, text: str) -> None:
    """However few such numbers there are, and however late they come."""
    with pytest.raises(DataRefused) as refused:
        dataset.read(written(tmp_path, text))

    assert refused.value.message == dialects.AMBIGUOUS
    assert refused.value.values["column"] == "income"
    assert str(refused.value.values["example"]) in {"1.500", "1.000", "1,500"}


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (GERMAN.format(";") + "4;0.123\n", 0.123),
        (GERMAN.format(";") + "4;1.5\n", 1.5),
        (GERMAN.format(";") + "4;1.2345\n", 1.2345),
        (GERMAN.format(";") + "4;1234.567\n", 1234.567),
        ("id,income\n1,1.500\n2,12.000\n", 12),
        ("id|income\n1|1.500\n2|12.000\n", 12),
        ("id;income\n1;1,500\n2;12,000\n", 12),
        ("id;income\n1;900\n2;1,500\n3;0,5\n", 0.5),
        (GERMAN.format(",") + "4,0.5\n", 0.5),
        ("id;income\n1;900\n2;12000\n", 12000),
        ("id;income\n1;1.0\n2;2.0\n", 2),
        ("id;income\n1;1.500,50\n2;2.000,00\n", "2.000,00"),
    ],
)
def test_decimals_are_read(tmp_path: Path, text: str, last: object) -> None:
    """The twin: one number that cannot have thousands separators decides for decimals."""
    assert dataset.read(written(tmp_path, text)).cells["income"].to_pylist()[-1] == last


def test_a_stated_sign_decides(tmp_path: Path) -> None:
    """Whoever says that the point is the decimal sign is believed."""
    stated = Dialect(encoding="utf-8-sig", delimiter=";", decimal=".")

    table = dataset.read(written(tmp_path, GERMAN.format(";")), stated)

    assert table.cells["income"].to_pylist() == [900, 1.5, 12]
