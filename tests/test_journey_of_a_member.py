"""A member, from a question to a paper: the answer, its page, the dossier, the file in Word."""

import io

import docx
from playwright.sync_api import Page, expect
from served import needs_chromium, served, visitors

pytestmark = needs_chromium

QUESTION = "Da quale anno Aquafil produce ECONYL?"
ANSWER = (
    "Dal 2011 produce ECONYL, un filo di nylon 6 rigenerato che nasce da moquette dismesse, da "
    "scarti industriali e dalle reti che i pescatori abbandonano [1]."
)
TITLE = "Aquafil e il filo ECONYL: il nylon che torna nylon"
ENTRY = (
    f"[1] Redazione dimostrativa. {TITLE}. Case history, Economia circolare, 2023. "
    "economia-circolare/2023-case-history-aquafil-econyl.pdf."
)


def _hits(page: Page):
    return page.locator(".kb-hit")


def _ask(page: Page, question: str) -> None:
    page.get_by_label("Che cosa vuoi sapere?").fill(question)
    page.keyboard.press("Enter")


def _width_of(picture) -> int:
    return picture.evaluate("async image => (await image.decode(), image.naturalWidth)")


def _paragraphs(file: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs]


def test_a_member_goes_from_a_question_to_its_page_and_to_a_paper_that_cites_it(
    index_with_pdf, tmp_path
):
    folders = {"MINIT_INDEX": index_with_pdf, "MINIT_STATE": tmp_path / "state"}
    with served(tmp_path / "log.txt", folders) as server, visitors() as people:
        member = people.visit(server)
        _ask(member, QUESTION)
        first = _hits(member).first
        expect(first.locator("mark")).to_have_text(ANSWER)
        expect(_hits(member)).to_have_count(10)
        answer = member.get_by_role("heading", name="La risposta, con le parole dei documenti")
        expect(answer.locator("..")).to_contain_text(f"{ANSWER} {TITLE}, 2023, pagina 1")
        results, found = member.url, _hits(member).all_text_contents()

        first.get_by_role("link", name=TITLE).click()
        expect(member.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
        picture = member.get_by_role(
            "img", name=f"Pagina 1 di «{TITLE}», con il passaggio evidenziato"
        )
        expect(picture).to_be_visible()
        assert _width_of(picture) > 500
        opened = member.url
        member.go_back()
        expect(_hits(member)).to_have_text(found)
        assert member.url == results
        member.go_forward()
        expect(picture).to_be_visible()
        assert member.url == opened
        member.go_back()
        expect(_hits(member)).to_have_text(found)

        member.get_by_role("button", name="Aggiungi al dossier").first.click()
        member.get_by_role("link", name="Dossier (1)").click()
        member.wait_for_url("**/dossier")
        expect(member.get_by_text(ANSWER)).to_be_visible()
        with member.expect_download() as download:
            member.get_by_role("button", name="Word").click()
        paragraphs = _paragraphs(download.value.path().read_bytes())
        assert f"«{ANSWER}» [1], p. 1" in paragraphs
        assert paragraphs[-2:] == ["Bibliografia", ENTRY]

        guest = people.visit(results)
        expect(_hits(guest)).to_have_text(found)
        expect(guest.get_by_label("Che cosa vuoi sapere?")).to_have_value(QUESTION)
        expect(guest.get_by_role("link", name="Dossier (1)")).to_have_count(0)
