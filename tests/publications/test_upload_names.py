"""What names of files are taken to say: titles and languages guessed, nothing believed."""

import pytest

from publications.upload_names import language_of, read_name


@pytest.mark.parametrize(
    ("name", "title", "language"),
    [
        ("valfardsledning-bilder.sv.pdf", "Valfardsledning bilder", "sv"),
        ("hyvinvointijohtaminen-diat.fi.pptx", "Hyvinvointijohtaminen diat", "fi"),
        ("arbetsblad-signaler.svfi.docx", "Arbetsblad signaler", "sv+fi"),
        ("Välfärdsledning_sv.pptx", "Välfärdsledning", "sv"),
        ("Hyvinvointijohtaminen-FI.PDF", "Hyvinvointijohtaminen", "fi"),
        ("Välfärdsledning på svenska.pdf", "Välfärdsledning", "sv"),
        ("Välfärdsledning (finska).pdf", "Välfärdsledning", "fi"),
        ("Hyvinvointi suomeksi.pdf", "Hyvinvointi", "fi"),
        ("Hyvinvointi_ruotsi.pdf", "Hyvinvointi", "sv"),
        ("Välfärd SV-FI.pdf", "Välfärd", "sv+fi"),
        ("valfard_sv_fi.pdf", "Valfard", "sv+fi"),
        ("Välfärd svenska och finska.pdf", "Välfärd", "sv+fi"),
        ("Hyvinvointi ruotsi ja suomi.pdf", "Hyvinvointi", "sv+fi"),
        ("sv_Lägesbild 2018.pdf", "Lägesbild 2018", "sv"),
        ("FI - Tilannekuva.pdf", "Tilannekuva", "fi"),
        ("Lägesbild_sv_2018.pdf", "Lägesbild 2018", "sv"),
        ("Lägesbild_sv_v2.pdf", "Lägesbild", "sv"),
        ("Lägesbild v2 sv.pdf", "Lägesbild", "sv"),
        ("Lägesbild_sv (1).pdf", "Lägesbild", "sv"),
        ("welfare-leadership.en.pdf", "Welfare leadership", "en"),
        ("Welfare in English.pdf", "Welfare in", "en"),
        ("report_eng.pdf", "Report", "en"),
        ("Kuva_fin.pdf", "Kuva", "fi"),
        ("Bild_se.pdf", "Bild", "sv"),
        # Words that look like marks, where they are none.
        ("En bredare syn på välfärden.pdf", "En bredare syn på välfärden", ""),
        ("Vad vi vill se.pdf", "Vad vi vill se", ""),
        ("Så fin.pdf", "Så fin", ""),
        ("Finska barn i Sverige.pdf", "Finska barn i Sverige", ""),
        # Spaces, hyphens and dates.
        ("God_praxis_i_kommunen.pdf", "God praxis i kommunen", ""),
        ("god-praxis-i-kommunen.pdf", "God praxis i kommunen", ""),
        ("hälso- och välfärdsplan.pdf", "Hälso- och välfärdsplan", ""),
        ("Etelä-Savon hyvinvointi.pdf", "Etelä-Savon hyvinvointi", ""),
        ("Verkstad 2018-10-11.pdf", "Verkstad 2018-10-11", ""),
        ("verkstad-11.10.2018.pdf", "Verkstad 11.10.2018", ""),
        ("Del 1 - Ledning.pdf", "Del 1 – Ledning", ""),
        ("Projekt 2017-2019.pdf", "Projekt 2017-2019", ""),
        ("ARTTU2.pdf", "ARTTU2", ""),
        ("2018.pdf", "2018", ""),
        ("utan-andelse", "Utan andelse", ""),
        # Nothing but a mark, or nothing at all.
        ("sv.pdf", "", "sv"),
        (".pdf", "", ""),
        ("", "", ""),
        ("___.pdf", "", ""),
        # Names that mean harm, or come from another system.
        ("../../etc/passwd", "Passwd", ""),
        ("C:\\fakepath\\bilder.sv.pdf", "Bilder", "sv"),
        ("bilder\u202efdp.exe", "Bilderfdp", ""),
        ("bi\x00lder\n.pdf", "Bilder", ""),
        ("va\u0308lfa\u0308rd.pdf", "Välfärd", ""),
        ("<script>alert(1)</script>.pdf", "Script>", ""),
    ],
)
def test_name_is_taken_apart(name, title, language):
    found = read_name(name)
    assert (found.title, found.language) == (title, language)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("x.sv.pdf", "x.fi.pdf"),
        ("Välfärd.pptx", "välfärd.pdf"),
        ("god_praxis_sv.pptx", "God praxis.pdf"),
        ("film.mp4", "film.sv.vtt"),
        ("film.mp4", "film_fi.vtt"),
        ("bild_v1.pdf", "bild_v2.pdf"),
    ],
)
def test_files_of_one_material_have_one_key(one, another):
    assert read_name(one).key == read_name(another).key != ""


def test_name_without_words_is_like_no_other():
    assert read_name("sv.pdf").key == read_name("fi.pdf").key == ""


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Välfärdsledning", "sv"),
        ("Valfardsledning bilder", "sv"),
        ("En lägesbild av nätverket", "sv"),
        ("God praxis för främjande av välfärd", "sv"),
        ("Kommunens strategi", ""),
        ("Prognostisering", "sv"),
        ("Arbetsblad signaler", "sv"),
        ("Så samlar vi signaler om förändring", "sv"),
        ("Verkstad om välfärdsledning", "sv"),
        ("Fyra scenarier", "sv"),
        ("Hyvinvointijohtaminen", "fi"),
        ("Hyvinvointijohtaminen diat", "fi"),
        ("Verkoston tilannekuva", ""),
        ("Kunnan muuttuva hyvinvointirooli", "fi"),
        ("Hyvinvoinnin edistämisen hyvät käytännöt", "fi"),
        ("Ennakointi ja skenaariot", "fi"),
        ("Raportin tiivistelmä", "fi"),
        ("Neljä skenaariota", "fi"),
        ("Muutoksen merkit", "fi"),
        ("ARTTU2", ""),
        ("2018", ""),
        ("", ""),
    ],
)
def test_language_of_words(words, language):
    assert language_of(words) == language


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Arbetsblad om signaler.docx", "worksheet"),
        ("työpohja.docx", "worksheet"),
        ("valfardsledning-bilder.pdf", "slides"),
        ("Ennakointi_diat.pdf", "slides"),
        ("rapport.pdf", ""),
    ],
)
def test_kind_is_told_by_a_word(name, kind):
    assert read_name(name).kind == kind
