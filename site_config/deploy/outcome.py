"""What a pipeline says when a command of build.py fails: whose fault it is, and who can mend it.

``build.py … || outcome.py $?`` ends as the command did.  A clerk is never told to mend data where
the machine or the program failed.
"""

from __future__ import annotations

import os
import sys

SENTENCES = {
    1: (
        "Số liệu có lỗi: sửa ở những chỗ nêu trên rồi đẩy lại.",
        "The data have problems: mend what is named above and push again.",
    ),
    3: (
        "Lỗi của chương trình, không phải của số liệu: báo cho người giữ chương trình.",
        "A fault of the program, not of the data: tell those who keep the program.",
    ),
}
OTHERWISE = (
    "Máy chưa làm được việc này (lệnh, ổ đĩa, quyền, mạng); số liệu chưa chắc có lỗi: chạy lại.",
    "The machine could not do it (command, disk, rights, network); the data may be sound: retry.",
)


def main(code: int) -> int:
    """Say it, as an annotation where the host has them; gives the code back."""
    said = " ".join(SENTENCES.get(code, OTHERWISE))
    print(f"::error title=build.py {code}::{said}" if "GITHUB_ACTIONS" in os.environ else said)
    return code


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
