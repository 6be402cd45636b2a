"""Opens one issue on GitHub for what is known of the pins; while it is open, it is kept up to date.

``one_issue.py FILE``, with the host's own client ``gh`` and its token in the environment.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TITLE = "Gói phần mềm có lỗ hổng đã biết / Pins with a known vulnerability"
LONGEST = 60_000
"""Letters that the body of an issue may have, with some to spare."""


def main(file: Path) -> int:
    """Open the issue, or renew it."""
    told = file.read_text("utf-8") if file.is_file() else ""
    if not told.strip():
        print("The database gave no answer; see the step before.", file=sys.stderr)
        return 2
    steps = "\n\ndocs/developers/dependencies.md: how pins are renewed, and what is checked then.\n"
    body = told[:LONGEST] + steps
    asked = ["gh", "issue", "list", "--state", "open", "--limit", "200", "--json", "number,title"]
    answer = subprocess.run(asked, check=True, capture_output=True, encoding="utf-8")
    numbers = [str(one["number"]) for one in json.loads(answer.stdout) if one["title"] == TITLE]
    does = ["edit", numbers[0]] if numbers else ["create", "--title", TITLE]
    subprocess.run(["gh", "issue", *does, "--body-file", "-"], check=True, input=body.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
