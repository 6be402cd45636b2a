"""Names that an id can't have, as something else stands where it would lead.

An id becomes the name of files and folders, of places in pages, and a part of both.  What the
program itself calls by such names, and what some system does not take for a file, is no id.
"""

from __future__ import annotations

import re

LONGEST = 60
"""Letters of an id: names made of two of them and an ending still fit into every disk."""

DEVICES = frozenset({"con", "prn", "aux", "nul", "com0", "lpt0"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)
}
"""What Windows takes for a device, whatever ending follows."""

OWN = frozenset(
    {
        # Folders and files of the site.
        *(
            "anh-chia-se",
            "api",
            "assets",
            "bang-tong-hop",
            "bao-cao",
            "bieu-do",
            "cham",
            "chat-luong",
        ),
        *("chi-tieu", "chung", "co-quan", "dia-ban", "dinh-chinh", "du-lieu", "feed"),
        *("gioi-thieu", "huong-dan", "index", "lich-cong-bo", "moc", "muc-luc", "nam", "narrow"),
        *("nhiem-vu", "nhung", "phuong-phap", "so-lieu", "so-sanh", "spark", "tiep-can"),
        *("thuat-ngu", "tim-kiem", "tro-giup", "vega", "viec-den-han"),
        # Places in pages beside those that are named after ids.
        *("bang", "bao-loi", "cac-nam", "cach-doc", "can-co", "canh-bao", "chua-tot", "chuan"),
        *("co-the", "cong-bo", "cot", "cu", "da-cong-bo", "da-qua", "dang-tep", "danh-sach"),
        *(
            "chi-tieu-khac",
            "day-len",
            "dia-ban-cu",
            "dia-ban-nay",
            "dia-ban-khac",
            "dia-gioi",
            "dien-bien",
            "dinh-nghia",
        ),
        *("doc-danh-gia", "doi-dia-gioi", "dung-lai", "ghi-chu", "giay-phep", "hay-hoi"),
        *(
            "hang-nam",
            "hien-nay",
            "ke-hoach",
            "ket-luan",
            "ket-qua",
            "khong-chinh-thuc",
            "kiem-tra",
            "ky",
        ),
        *("ky-hieu", "lam-tron", "lap-bieu", "lien-he", "lui", "ma", "ma-bam", "minh-hoa"),
        *("muc-danh-gia", "muc-tieu", "nguon", "nguon-goc", "nguyen-tac", "nhan-bieu"),
        *(
            "nhap-so-lieu",
            "nhip",
            "noi-dung",
            "noi-song",
            "phai-lam-gi",
            "rut-lai",
            "sap-toi",
            "sap-xep",
        ),
        *("so-lieu-moi", "so-lieu-qua-dia-gioi", "so-sanh-tat-ca", "tai-ve", "tat-ca"),
        *("thay-doi", "them", "theo-dia-ban", "thieu", "thieu-so-lieu", "tong-hop", "tong-quan"),
        *("top", "trich-dan"),
        *("tung-buoc", "ty-le", "vi-sao", "xem-truoc"),
    }
)
"""What the program calls its own.  A test holds that all that addresses and pages name is in it."""

_SHAPES = re.compile(
    r"td-.*|.*-excel|((sua|rut)-)?[0-9]{4}-v[0-9]+(-.*)?|ban-do-[0-9]{4}|trong(-.*)?"
)
"""Signs of the site, tables for Excel, places that are named after versions or areas."""


def is_taken(name: str) -> bool:
    """Whether the program, or some system, uses a name for something else.

    >>> [is_taken(name) for name in ("tu-ky", "con", "spark", "boi-xa-excel", "2024-v1")]
    [False, True, True, True, True]
    """
    place = anchor(name)
    return place in OWN | DEVICES or bool(_SHAPES.fullmatch(place))


def clause_anchor(clause: str) -> str:
    """An id for a clause of the plan: `III.3.1` is another one than `III.3-1`.

    >>> clause_anchor("II.2.1-3")
    'muc-ii-2-1_3'
    """
    return f"muc-{clause.lower().replace('-', '_').replace('.', '-')}"


def anchor(name: str) -> str:
    """An id for an element, from a name in the data: ascii, without dots."""
    return name.lower().replace(".", "-")
