"""A hundred texts that attack a page: tags, handlers, quotes out of attributes and scripts, odd signs."""

from __future__ import annotations

from itertools import product
from typing import Final

# Each would set this on the window if it took effect.
DEED: Final = "window.hacked=1"

_TAGS: Final = (
    "<script>{deed}</script>",
    "<img src=x onerror={deed}>",
    "<svg onload={deed}>",
    "<svg><script>{deed}</script></svg>",
    "<body onload={deed}>",
    "<iframe srcdoc='<script>parent.{deed}</script>'></iframe>",
    "<iframe src=javascript:parent.{deed}></iframe>",
    "<a href=javascript:{deed} autofocus onfocus={deed}>x</a>",
    "<details open ontoggle={deed}>",
    "<input autofocus onfocus={deed}>",
    "<math><mtext><style><img src=x onerror={deed}></style></mtext></math>",
    "<style>@import 'data:text/css,*{{x:expression({deed})}}'</style>",
    "<meta http-equiv=refresh content='0;url=javascript:{deed}'>",
    "<base href='https://evil.example/'>",
    "<object data='data:text/html,<script>{deed}</script>'></object>",
    "<template><script>{deed}</script></template><noscript><script>{deed}</script></noscript>",
)
_WAYS_OUT: Final = ("", '">', "'>", "</title>", "</script>", "-->")
_OTHERS: Final = (
    "{{{{ 7 * 7 }}}}{{% for x in () %}}",
    "{{{{ ''.__class__.__mro__ }}}}",
    "${{{deed}}}`",
    "javascript:{deed}",
    "JaVaScRiPt:{deed}//https://a.example",
    "data:text/html,<script>{deed}</script>",
    "'; DROP TABLE claims; --",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|'x'!A0",
    "&lt;script&gt;{deed}&lt;/script&gt;",
    "&#60;script&#62;{deed}&#60;/script&#62;",
    '"}});{deed};//',
    "\\u003cscript\\u003e{deed}",
    '\\");{deed};//',
    "*/{deed};/*",
    "\u2028{deed}\u2029{deed}",
    "\u202egnp.exe\u202c {deed}",
    "\u2066\u2067{deed}",
    "a\x00b<scr\x00ipt>{deed}</scr\x00ipt>",
    "../../../../etc/passwd",
    "articles/../index.html#<img src=x onerror={deed}>",
    "__proto__ constructor toString hasOwnProperty {deed}",
    "😀<script>{deed}</script>𝒳",
    "x" * 3_000 + "<script>{deed}</script>",
)

HOSTILE: Final = (
    *(way + tag.format(deed=DEED) for way, tag in product(_WAYS_OUT, _TAGS)),
    *(text.format(deed=DEED) for text in _OTHERS),
)
