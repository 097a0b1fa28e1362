from time import process_time

import pytest

from reader.body.dialect import PLAIN, Dialect
from reader.body.excerpt import first_paragraph
from reader.body.parse import parse_body
from reader.body.plain import plain_text

SITE = "https://a.example/b/"


def shown(name: str, source: str, *, html: bool = False, address: str | None = SITE) -> str:
    dialect = Dialect(name, address, by_path=True)
    return plain_text(parse_body(source, html=html, base=address, dialect=dialect))


def words(name: str, source: str) -> str:
    return shown(name, source).partition("\n\n[1]")[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a {{ page.title }} b", "a b"),
        ("a {{ 'x' }} b", "a x b"),
        ('a {{ "x y" | upcase }} b', "a x y b"),
        ("a {{- site.baseurl -}} b", "a /b b"),
        ("a {% if x %}b{% else %}c{% endif %} d", "a bc d"),
        ("a {%- include f.html x='y' -%} b", "a b"),
        ("a {% comment %} no {{ x }} {% endcomment %}b", "a b"),
        ("a {# no #} b", "a b"),
        ("a {% raw %}{{ x }} {% y %}{% endraw %} b", "a {{ x }} {% y %} b"),
        ("a `{% raw %}{{ x }}{% endraw %}` b", "a {{ x }} b"),
        ("a `{{ x }}` b", "a {{ x }} b"),
        ("```\n{% raw %}\n{{ x }}\n{% endraw %}\n```", "    {{ x }}"),
        ("```\n{{ x }}\n```\n{{ y }}b", "    {{ x }}\n\nb"),
        ("{% raw %}\n```\n{{ x }}\n```\n{% endraw %}\nb", "    {{ x }}\n\nb"),
        ("{% highlight c %}\n# x\n{{ y }}\n{% endhighlight %}\nb", "    # x\n    {{ y }}\n\nb"),
        ("{% codeblock T lang:c %}\n```\n{% endcodeblock %}", "    ```"),
        ("{% note %}\na *b*\n{% endnote %}", "a b"),
        ("## A {#id}\n{: .x}\nb", "A\n\nb"),
        ("* TOC\n{:toc}\n\na", "a"),
        ("a[^1]{:.x} b", "a[^1] b"),
        ("{::options x='y' /}\na", "a"),
        ("a {{ never closed", "a {{ never closed"),
        ("a {% never closed", "a {% never closed"),
        ("a {% raw %} b {{ c }}", "a b {{ c }}"),
        ("a {% comment %} b", "a"),
        ("a } } % } {% %} {{}} b", "a } } % } b"),
        ("{% pullquote %}\na\n{% endpullquote %}\nb", "> a\n\nb"),
    ],
)
def test_liquid_is_taken_out_or_shown_by_what_is_in_it(source, expected):
    assert words("liquid", source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a {{< x >}} b {{% y %}}c{{% /y %}}", "a b c"),
        ("a {{ .Title }} b", "a {{ .Title }} b"),
        ("a {{</* x */>}} b", "a {{< x >}} b"),
        ("```\n{{%/* x */%}} {{< y >}}\n```", "    {{% x %}} {{< y >}}"),
        ('{{< highlight go "l=1" >}}\n# x\n{{< / highlight >}}\nb', "    # x\n\nb"),
        ('{{< details summary=`a "b"` >}}\nc\n{{< /details >}}', "c"),
        ("## A {#id .x}\n", "A"),
        ("a {{< never closed", "a {{< never closed"),
        ("{{< quote >}}\na\n{{< /quote >}}\nb", "> a\n\nb"),
    ],
)
def test_hugo_s_shortcodes_are_taken_out_or_shown(source, expected):
    assert words("hugo", source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a {{ f(x=1) }} b {{ c }}", "a b {{ c }}"),
        ("{% note(a=true) %}\nb\n{% end %}\nc", "b\n\nc"),
        ("{% quote() %}\nb\n{% end %}\n{% note() %}c{% end %}", "> b\n\nc"),
        ("a {{/* f(x) */}} b", "a {{ f(x) }} b"),
        ("a {% end %} b", "a b"),
    ],
)
def test_zola_s_shortcodes_are_taken_out_or_shown(source, expected):
    assert words("zola", source) == expected


@pytest.mark.parametrize(
    ("name", "source", "label", "link"),
    [
        ("hugo", '{{< figure src="x.png" alt="A \\"b\\"" >}}', "[picture: A", f"{SITE}x.png"),
        ("hugo", "{{< figure src=/x.png title='T' />}}", "[picture: T]", "https://a.example/x.png"),
        ("hugo", '{{< youtube id="abc" title="T" >}}', "T", "https://www.youtube.com/watch?v=abc"),
        ("hugo", "{{< vimeo 12 >}}", "[video]", "https://vimeo.com/12"),
        ("hugo", "{{< gist me 12 >}}", "[embedded]", "https://gist.github.com/me/12"),
        ("hugo", '{{< x user="me" id="12" >}}', "[embedded]", "https://x.com/me/status/12"),
        ("hugo", '[a]({{< ref "/p/x.md#y" >}})', "a", f"{SITE}p/x/#y"),
        ("hugo", "[a]({{% relref 'p/index.md' %}})", "a", f"{SITE}p/"),
        ("liquid", "{% img left /x.png 5 5 'A' %}", "[picture: left", "https://a.example/x.png"),
        ("liquid", "{% link a b https://c.example/ %}", "a b", "https://c.example/"),
        ("liquid", "[a]({{ '/x' | absolute_url }})", "a", f"{SITE}x"),
        ("liquid", "[a]({{ site.url }}/x)", "a", "https://a.example/x"),
        ("liquid", "[a]({{ '/x/' | url }})", "a", f"{SITE}x/"),
        ("zola", "{{ youtube(id='abc') }}", "[video]", "https://www.youtube.com/watch?v=abc"),
        ("zola", "[a](@/p/x.md)", "a", f"{SITE}p/x/"),
        ("pelican", "[a]({static}/x.pdf)", "a", f"{SITE}x.pdf"),
        ("pelican", "![a]({attach}x.png)", "[picture: a]", f"{SITE}x.png"),
    ],
)
def test_a_tag_with_an_address_is_a_link(name, source, label, link):
    text, _, links = shown(name, source).partition("\n\n[1] ")
    assert text.startswith(label)
    assert links == link


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("hugo", '[a]({{< ref "x" >}})'),
        ("liquid", "[a]({% post_url 2020-10-20-x %})"),
        ("pelican", "[a]({filename}x.md)"),
        ("pelican", "[a](|category|x)"),
    ],
)
def test_a_link_to_a_page_that_only_the_generator_finds_keeps_its_words(name, source):
    assert shown(name, source) == "a"


@pytest.mark.parametrize(
    "payload", ['"><script>x</script>', "javascript:x", "'\"&lt;b&gt;", "\\", "a\x1b[2J"]
)
def test_what_is_in_a_tag_never_becomes_a_tag_of_ours(payload):
    for source in (
        f"{{{{< figure src='{payload}' title='T' >}}}}",
        f"{{{{< youtube {payload} >}}}}",
    ):
        body = parse_body(source, html=False, base=SITE, dialect=Dialect("hugo", SITE))
        assert all(link.startswith("https://") for link in body.links)
        assert all(block.text.isprintable() for block in body.blocks)


def test_in_html_a_tag_becomes_html():
    source = "<p>{% highlight c %}\na &lt; b\n{% endhighlight %}</p><p>{% img x.png %}</p>"
    assert shown("liquid", source, html=True).split("\n\n") == [
        *("    a < b", "[picture] [1]", f"[1] {SITE}x.png"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[[A]] [[A|b]] [[A#B|c]] [[#B]] [[A#B]]", "A b c B A > B"),
        ("[[a_b_*c*]]", "a_b_*c*"),
        ("| a |\n|---|\n| [[B\\|c]] |", "a\n\nc"),
        (
            "![[x.PNG]] ![[x.png|50x60]] ![[x.png|A view]]",
            "[picture: x.PNG] [picture: x.png] [picture: A view]",
        ),
        ("![[Note#Part]]", "[embedded: Note > Part]"),
        ("> [!note]\n> a", "> Note\n\n> a"),
        ("> [!x-y]+ *T*\n> a", "> T\n\n> a"),
        ("> > [!note] T\n> > a", "> > T\n\n> > a"),
        ("a ^block-1\n\nb", "a\n\nb"),
        ("a %%no\n\nno%% b", "a b"),
        ("==a== b==c", "a b==c"),
        ("`[[a]]` ==b==", "[[a]] b"),
        ("~~~\n==a== %%b%%\n~~~", "    ==a== %%b%%"),
        ("[[never closed", "[[never closed"),
    ],
)
def test_obsidian_s_marks_are_text(source, expected):
    assert shown("wiki", source, address=None) == expected


def test_a_folder_of_no_kind_keeps_every_brace():
    source = "{{ a }} {% b %} [[c]] ==d== {: .e}"
    assert plain_text(parse_body(source, html=False, dialect=PLAIN)) == source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% include x %}\n\n{{< y >}}", None),
        ("{% include x %}\n\nThe {{ y }} words.", "The words."),
        ("{% highlight c %}\nx\n\ny\n{% endhighlight %}\n\na", "a"),
        ("a\n\n<!-- PELICAN_END_SUMMARY -->\n\nb", "a"),
        ("a\n\nb\n\n<!--excerpt-->\n\nc", "a b"),
        (
            "See [this][1], [that] and [these][].\n\n[1]: /a\n[that]: /b\n[these]: /c 'x'\n",
            "See this, that and these.",
        ),
    ],
)
def test_the_first_paragraph_is_free_of_them(source, expected):
    found = first_paragraph(source, html=False, dialect=Dialect("liquid", SITE))
    assert found == expected


OPENINGS = (
    *(
        "{%",
        "{{",
        "{% raw %}",
        "{% comment %}",
        "{{<",
        "{{< a",
        "{{%",
        "`",
        "``",
        "{:",
        "{#",
        "{# ",
    ),
    *("[[", "![[a|", "==", "%%", "> [!a] ", '{% a "\\"', "~~~", "```", "{static}", "[a](@/"),
    *(
        " {#",
        "* toc\n{:toc}",
        "a ^b ",
        "{% highlight x %}",
        "{% a " + '\\"' * 400 + "%}",
        "{/*",
        "#a ",
    ),
)


@pytest.mark.parametrize("name", ["liquid", "hugo", "zola", "pelican", "wiki"])
def test_a_hundred_thousand_openings_of_anything_take_no_time(name):
    for opening in OPENINGS:
        source = (opening * 100_000)[:100_000]
        began = process_time()
        Dialect(name, SITE).shown(source, html=False)
        assert process_time() - began < 2, opening
