"""The HTML report in a real browser: search, filter, expand, keys, dark mode, two thousand groups, hostile text."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.entrypoints.report.page import page
from generator.model.review import ChangeKind, EffectKind, FieldChange, Noise, Review
from tests.e2e.page.conftest import Opened, eventually
from tests.e2e.page.reviews import HOSTILE, review
from tests.harness import Project

pytestmark = pytest.mark.e2e
MANY = 2000


@pytest.fixture(scope="module")
def many() -> Review:
    return review(MANY)


@pytest.fixture(scope="module")
def text(many: Review) -> str:
    return page(many)


def find(browser: Any, selector: str) -> list[Any]:
    return list(browser.find_elements("css selector", selector))


def one(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def count(browser: Any) -> str:
    return str(one(browser, "#count").text)


def press(browser: Any, keys: str) -> None:
    browser.switch_to.active_element.send_keys(keys)


def test_nothing_is_fetched(text: str, opened: Opened) -> None:
    browser = opened(text)
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    policy = one(browser, 'meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    assert "default-src 'none'" in policy


def test_what_a_repository_says_is_never_markup(many: Review, opened: Opened) -> None:
    browser = opened(page(many), "#prod/cache-0000")
    assert "broken" not in browser.title
    assert find(browser, "img") == []
    assert eventually(lambda: bool(find(browser, ".diff")))
    assert HOSTILE in "".join(browser.execute_script("return document.querySelector('.diff').textContent"))


def test_the_gravest_come_first_and_all_can_be_reached(text: str, opened: Opened) -> None:
    browser = opened(text)
    assert one(browser, "h1").text == "2,000 groups changed, at worst: data at risk"
    assert count(browser) == "2,000 groups"
    rows = find(browser, ".bundle")
    assert one(rows[0], ".effect").text == "data at risk"
    assert len(rows) < MANY

    def reached_the_end() -> bool:
        browser.execute_script("window.scrollTo(0, document.body.scrollHeight)")
        return not find(browser, "#more")

    assert eventually(reached_the_end)
    assert len(find(browser, ".bundle")) == MANY


def test_who_scrolls_faster_than_the_page_grows_reaches_the_end(text: str, opened: Opened) -> None:
    browser = opened(text)
    browser.execute_script("""
        const down = () => window.scrollTo(0, document.body.scrollHeight);
        new MutationObserver(down).observe(document.getElementById("list"), { childList: true });
        down();
    """)
    assert eventually(lambda: not find(browser, "#more"))


def test_search(many: Review, text: str, opened: Opened) -> None:
    browser = opened(text)
    one(browser, "#search").send_keys("prod cache-0003")
    assert [row.get_attribute("data-key") for row in find(browser, ".bundle")] == ["prod/cache-0003"]
    assert count(browser) == "1 of 2,000 groups"
    one(browser, "#clear").click()
    assert count(browser) == "2,000 groups"
    one(browser, "#search").send_keys("claim shrinks")
    assert count(browser) == f"{many.by_effect[EffectKind.DATA]} of 2,000 groups"


def test_filters(many: Review, text: str, opened: Opened) -> None:
    browser = opened(text)
    one(browser, '#chips [data-effect="stop"]').click()
    assert count(browser) == f"{many.by_effect[EffectKind.STOP]} of 2,000 groups"
    assert one(browser, '#chips [data-effect="stop"]').get_attribute("aria-pressed") == "true"
    one(browser, '#chips [data-effect="reload"]').click()
    both = many.by_effect[EffectKind.STOP] + many.by_effect[EffectKind.RELOAD]
    assert count(browser) == f"{both} of 2,000 groups"
    one(browser, "#clear").click()
    one(browser, '#environment option[value="staging"]').click()
    wanted = sum(each.key.environment == "staging" for each in many.bundles)
    assert count(browser) == f"{wanted} of 2,000 groups"


def test_the_picture_and_the_families_filter(many: Review, text: str, opened: Opened) -> None:
    browser = opened(text)
    labels = {node.get_attribute("aria-label") for node in find(browser, ".radius .node")}
    assert {"show redis", "show kafka", "show prod", "show data at risk"} <= labels
    browser.execute_script(
        """document.querySelector('[aria-label="show kafka"]').dispatchEvent(new MouseEvent("click"))"""
    )
    assert count(browser) == f"{sum(each.plugin == 'kafka' for each in many.bundles)} of 2,000 groups"
    one(browser, "#clear").click()
    family = many.families[0]
    one(browser, f'[data-family="{family.id}"] button').click()
    assert count(browser) == f"{len(family.members)} of 2,000 groups"


def test_a_group_opens_with_its_stages_and_differences(text: str, opened: Opened) -> None:
    browser = opened(text)
    one(browser, "#search").send_keys("cache-0003")
    one(browser, ".bundle .row").click()
    assert one(browser, ".bundle .row").get_attribute("aria-expanded") == "true"
    assert one(browser, ".detail .stages").text.split() == ["0", "config", "1", "data", "sentinel", "2", "exporter"]
    assert eventually(lambda: bool(find(browser, ".diff")))
    assert one(browser, ".diff td.cut").text.strip() == "maxmemory 1gb"
    assert one(browser, ".diff td.add").text.strip() == "maxmemory 2gb"
    assert one(browser, ".diff td.add mark").text == "2"
    before = len(find(browser, ".diff tr"))
    one(browser, ".diff .skip button").click()
    assert len(find(browser, ".diff tr")) == before + 36
    assert "1 object with nothing but noise: order 1" in one(browser, ".detail").text
    browser.execute_script("for (const each of document.querySelectorAll('.detail details')) each.open = true")
    assert eventually(lambda: len(find(browser, ".diff")) == 2)
    noise = [cell.text for cell in find(browser, ".diff")[1].find_elements("css selector", "td:not(.number)")]
    assert noise == ["/metadata/annotations/wave: 1", "/metadata/annotations/wave: 2"]
    browser.execute_script("document.querySelector('.detail details details').open = false")
    one(browser, "#unified").click()
    changed = [cell.text.split() for cell in find(browser, ".diff td.cut, .diff td.add")]
    assert changed == [["-", "maxmemory", "1gb"], ["+", "maxmemory", "2gb"]]
    one(browser, ".bundle .row").click()
    assert find(browser, ".detail") == []


def test_a_row_counts_what_is_no_noise(text: str, opened: Opened) -> None:
    browser = opened(text, "#prod/cache-0003")
    assert one(browser, ".bundle .row .mono").text == "~1"


def test_of_many_kinds_of_change_the_gravest_are_shown_first(many: Review, opened: Opened) -> None:
    families = tuple(replace(many.families[0], id=f"{number:012x}") for number in range(30))
    browser = opened(page(replace(many, families=families)))
    assert len(find(browser, ".family")) == 12
    more = one(browser, "#all-families")
    assert more.text == "show 18 more kinds of change"
    more.click()
    assert len(find(browser, ".family")) == 30


def test_it_fits_a_telephone(text: str, browser: Any, opened: Opened) -> None:
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        opened(text, "#prod/cache-0003")
        assert eventually(lambda: bool(find(browser, ".diff")))
        assert one(browser, "#unified").get_attribute("aria-pressed") == "true"
        assert browser.execute_script("return document.documentElement.scrollWidth") == 390
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_keys(text: str, opened: Opened) -> None:
    browser = opened(text)
    press(browser, "/")
    press(browser, "cache-0003")
    assert count(browser) == "1 of 2,000 groups"
    press(browser, "\ue00c")  # Escape
    press(browser, "j")
    press(browser, "\ue007")  # Enter
    assert eventually(lambda: bool(find(browser, ".detail")))
    press(browser, "?")
    assert one(browser, "#keys").is_displayed()
    press(browser, "\ue00c")
    press(browser, "x")
    assert count(browser) == "2,000 groups"


def test_a_link_opens_its_group(text: str, opened: Opened) -> None:
    browser = opened(text, "#staging/cache-0001")
    assert [row.get_attribute("data-key") for row in find(browser, ".bundle")] == ["staging/cache-0001"]
    assert find(browser, ".detail")


def test_another_link_opens_its_group_on_the_page_that_is_there(text: str, opened: Opened) -> None:
    browser = opened(text, "#staging/cache-0001")
    one(browser, '#chips [data-effect="stop"]').click()
    browser.execute_script("location.hash = '#%'")
    browser.execute_script("location.hash = '#prod%2Fcache-0003'")
    assert eventually(lambda: one(browser, "#search").get_attribute("value") == "prod/cache-0003")
    assert [row.get_attribute("data-key") for row in find(browser, ".bundle")] == ["prod/cache-0003"]
    assert find(browser, ".detail")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(text: str, opened: Opened, scheme: str) -> None:
    browser = opened(text)
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    ground = colour(browser, "body", "background-color")
    assert (sum(ground) < 200) == (scheme == "dark")
    for selector in ("h1", ".family p", ".row .why", "#chips .effect"):
        for node in find(browser, selector)[:12]:
            assert contrast(rgb(node.value_of_css_property("color")), ground) >= 4.5, f"{selector} {node.text}"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def rgb(value: str) -> tuple[int, ...]:
    return tuple(int(float(part)) for part in re.findall(r"[\d.]+", value)[:3])


def colour(browser: Any, selector: str, name: str) -> tuple[int, ...]:
    return rgb(one(browser, selector).value_of_css_property(name))


def contrast(one_: tuple[int, ...], other: tuple[int, ...]) -> float:
    """WCAG 2.2, 1.4.3."""

    def luminance(channels: tuple[int, ...]) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in channels)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one_), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_nothing_changes(many: Review, opened: Opened) -> None:
    browser = opened(page(replace(many, bundles=(), families=())))
    assert one(browser, "h1").text == "Nothing changes"
    assert not one(browser, "#list").is_displayed()


def test_mistakes_in_the_definitions(many: Review, opened: Opened) -> None:
    file = SourceFile("groups/a.yaml", "a: <b>\n")
    wrong = Diagnostic(code="MW201", message="must be <b>a number</b>", primary=Label(Span(file, 3, 6)))
    browser = opened(page(replace(many, bundles=(), families=(), diagnostics=(wrong,))))
    assert one(browser, "h1").text == "The definitions have mistakes"
    assert "groups/a.yaml:1:4 error[MW201]: must be <b>a number</b>" in one(browser, ".problems").text


def test_a_real_change(opened: Opened, tmp_path: Path) -> None:
    project = Project(tmp_path / "repo")
    project.run("init", ".").sound()
    project.git("init", "-q")
    project.run("generate").sound()
    project.git("add", "-A")
    project.git("commit", "-qm", "Start")
    group = project.read("groups/example-cache.yaml")
    project.write("groups/example-cache.yaml", group.replace("maxmemory: 4gb", "maxmemory: 5gb"))
    browser = opened(project.run("diff", "-o", "html").sound().out, "#prod/example-cache")
    assert one(browser, "h1").text == "1 group changed, at worst: rolling restart"
    assert eventually(lambda: bool(find(browser, ".diff td.add")))
    assert "maxmemory 5gb" in " ".join(cell.text for cell in find(browser, ".diff td.add"))
    assert [node.get_attribute("aria-label") for node in find(browser, ".radius .node")] == [
        "show redis", "show rolling restart", "show prod",
    ]  # fmt: skip


def noisy() -> Review:
    """One group: an object in which a hash differs beside what tells, and one that is new."""
    made = review(1)
    bundle = made.bundles[0]
    head = "kind: ConfigMap\nmetadata:\n  annotations:\n    middleware.io/values-hash: {}\n  name: a\ndata:\n"
    data = "".join(f"  line{number}: same\n" for number in range(30)) + "  size: {}\n"
    fields = tuple(
        FieldChange(path=path, pointer=path, kind=ChangeKind.CHANGED, old=old, new=new, noise=noise)
        for path, old, new, noise in (
            ("/data/size", "1", "2", None),
            ("/metadata/annotations/middleware.io~1values-hash", "aaa", "bbb", Noise.CHECKSUM),
        )
    )
    changed = replace(
        bundle.objects[0],
        fields=fields,
        old=head.format("aaa") + data.format(1),
        new=head.format("bbb") + data.format(2),
    )
    added = replace(changed, kind=ChangeKind.ADDED, id=changed.id._replace(name="b"), fields=(), old="")
    return replace(made, bundles=(replace(bundle, objects=(changed, added)),))


def link(made: Review) -> str:
    return f"#{made.bundles[0].key}"


def test_lines_of_noise_are_folded_with_a_count_and_have_no_colour(opened: Opened) -> None:
    made = noisy()
    browser = opened(page(made), link(made))
    assert eventually(lambda: bool(find(browser, ".diff")))
    (diff,) = find(browser, ".diff")
    assert [cell.text.strip() for cell in find(browser, ".diff td.cut, .diff td.add")] == ["size: 1", "size: 2"]
    assert "32 equal lines and 1 of noise, show" in diff.text
    one(browser, ".diff .skip button").click()
    (row,) = find(browser, ".diff tr.silent")
    assert row.text.split() == ["4", "middleware.io/values-hash:", "aaa", "4", "middleware.io/values-hash:", "bbb"]
    assert len(find(browser, ".diff td.cut")) == 1
    press(browser, "u")
    assert len(find(browser, ".diff td.cut")) == 1
    assert "and 2 of noise" in one(browser, ".diff").text


def test_both_sides_are_equally_wide_whatever_comes_first(opened: Opened) -> None:
    made = noisy()
    browser = opened(page(made), link(made))
    assert eventually(lambda: bool(find(browser, ".diff")))
    assert find(browser, ".diff tr:first-of-type.skip")
    cells = [find(browser, f".diff td.{name}")[0].rect["width"] for name in ("cut", "add")]
    assert abs(cells[0] - cells[1]) < 2
    assert min(cells) > 4 * find(browser, ".diff td.number")[0].rect["width"]


def test_what_is_new_has_the_whole_width(opened: Opened) -> None:
    made = noisy()
    browser = opened(page(made), link(made))
    assert eventually(lambda: bool(find(browser, ".diff")))
    press(browser, "j")
    press(browser, "o")
    assert eventually(lambda: len(find(browser, ".diff")) == 2)
    cell = find(browser, ".diff")[1].find_elements("css selector", "td.add")[0]
    assert cell.text == "+ kind: ConfigMap"
    assert cell.rect["width"] > 0.8 * one(browser, ".detail").rect["width"]
    press(browser, "o")
    assert [node for node in find(browser, "details.object") if node.get_attribute("open")] == []


def test_keys_never_leave_a_group_out_of_sight(text: str, opened: Opened) -> None:
    browser = opened(text)
    for _ in range(15):
        press(browser, "j")
    row = "document.querySelector('.bundle.cursor .row').getBoundingClientRect()"
    assert browser.execute_script(f"return {row}.bottom <= innerHeight")
    press(browser, "\ue007")
    assert eventually(lambda: bool(find(browser, ".detail")))
    detail = "document.querySelector('.detail').getBoundingClientRect()"
    assert browser.execute_script(f"return innerHeight - {detail}.top") > 150
    for _ in range(10):
        press(browser, "k")
        bar = "document.querySelector('.bar').getBoundingClientRect()"
        assert browser.execute_script(f"return {row}.top >= {bar}.bottom - 1 || {bar}.top > 0")


def test_a_family_says_what_it_undergoes(many: Review, opened: Opened) -> None:
    previous = many.families[0].members[0]._replace(group="older")
    bundles = tuple(
        replace(one_, previous=previous) if one_.key == many.families[0].members[0] else one_ for one_ in many.bundles
    )
    browser = opened(page(replace(many, bundles=bundles)))
    assert one(browser, ".family header").text.endswith("1 in place of another")
