"""Frequently asked questions, also in the middle of something."""

import pytest

from tests.support.talking import Conversation


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Wat voor contract geeft een baas je als je via open hiring begint?", "open_hiring_contract"),
        ("Krijg ik bij open hiring meteen geld voor mijn werk?", "open_hiring_loon"),
        ("Hoeveel weken staan mensen gewoonlijk op zo'n wachtlijst?", "wachttijd_lijst"),
        ("Ik ben ooit veroordeeld, kan ik dan nog aan het werk?", "strafblad_vog"),
        ("Kan ik eerst een paar dagen op proef werken?", "proefdraaien"),
        ("Ik heb nog nooit een baan gehad, is er toch werk voor mij?", "werken_zonder_ervaring"),
        ("Kan ik een diploma halen en gewoon blijven werken?", "werken_en_leren"),
        ("Wat is nou het verschil tussen die twee leerwegen, bol en bbl?", "bbl_of_bol"),
        ("Ik krijg bijstand, mag ik dan een opleiding gaan doen?", "uitkering_en_opleiding"),
        ("Ik word dit jaar 62, ben ik niet te oud voor jullie?", "leeftijd"),
        ("Is mijn Nederlands wel goed genoeg voor een baan?", "taalniveau"),
        ("Ik heb een lichamelijke beperking, is er werk dat ik kan doen?", "arbeidsbeperking"),
        ("Hoe kom ik bij dat bedrijf als ik geen auto heb?", "vervoer"),
        ("Wordt de trein naar mijn werk betaald?", "reiskosten"),
        ("Wie let er op mijn kinderen als ik op school zit?", "kinderopvang"),
        ("Moet ik jullie betalen voor een advies?", "kosten_loket"),
        ("Kun je uitleggen wat een skill eigenlijk is?", "wat_is_een_skill"),
        ("Bij wat voor organisatie ben ik hier terechtgekomen?", "wie_zijn_jullie"),
        ("Hoe snel krijg ik van jullie bericht terug?", "hoe_lang_duurt_antwoord"),
        ("Kun je vertellen wat een werkcentrum voor mensen doet?", "wat_is_een_werkcentrum"),
        ("Ik heb in Turkije gestudeerd, kan ik met dat diploma hier werken?", "diploma_buitenland"),
        ("Krijg je na zo'n cursus een diploma dat echt erkend is?", "certificaat"),
        ("Kan ik een diploma krijgen voor werk dat ik al jaren doe?", "evc"),
        ("Welk diploma moet ik hebben om met mbo 3 te mogen beginnen?", "vooropleiding"),
        ("Wat is het verschil tussen mbo niveau 2 en niveau 4?", "mbo_niveaus"),
        ("Krijg ik mijn geld terug als ik halverwege de cursus stop?", "cursus_annuleren"),
        ("Kan ik dit jaar nog STAP-budget krijgen?", "stap_budget"),
        ("Kan ik op mijn veertigste nog bij DUO geld lenen om te studeren?", "levenlanglerenkrediet"),
        ("Mag ik mijn studiekosten van de belasting aftrekken?", "belasting_scholing"),
        ("Mag ik als zzp'er ook gebruikmaken van jullie hulp?", "zzp"),
        ("Hoort mijn baas ervan als ik hier een gesprek heb?", "werkgever_weet_het"),
        ("Krijg ik mijn uren betaald als ik van de baas op training moet?", "scholing_onder_werktijd"),
        ("Wat voor banen zijn er in zonne-energie en windenergie?", "energietransitie"),
        ("Is werken in de techniek lichamelijk erg zwaar?", "zwaar_werk"),
        ("Werken er ook vrouwen in de techniek?", "vrouwen_in_techniek"),
        ("Ik woon in Flevoland, mag ik toch bij jullie komen?", "buiten_noord_holland"),
        ("Ik heb thuis geen computer, kan ik dan wel meedoen?", "geen_computer"),
        ("Lezen en schrijven gaat mij slecht af, is daar hulp voor?", "lezen_en_schrijven"),
        ("Mag ik als vluchteling in Nederland werken?", "werkvergunning"),
        ("Hoeveel houd ik over van mijn loon als er beslag op ligt?", "schulden"),
        ("Heb ik bij ontslag recht op een transitievergoeding?", "transitievergoeding"),
        ("Tot wanneer kan ik een ww-uitkering aanvragen als ik mijn werk kwijt ben?", "ww_aanvragen"),
        ("Hoe maak ik bezwaar tegen een besluit waar ik het niet mee eens ben?", "bezwaar"),
        ("Wat moet ik me voorstellen bij een ontwikkelrekening?", "ontwikkelrekening_wat"),
        ("Wat kan zo'n loopbaancoach eigenlijk voor iemand doen?", "loopbaancoach"),
        ("Welke risico's neemt een werkgever met open hiring?", "open_hiring_werkgever"),
        ("Aan welke regels moet ik me houden als ik personeel uitleen?", "uitleen_regels"),
        ("Welke subsidie kan mijn bedrijf krijgen voor een leerling?", "subsidie_werkgever"),
        ("Wat moet mijn bedrijf doen om een erkend leerbedrijf te worden?", "erkend_leerbedrijf"),
        ("Heb ik een onderwijsbevoegdheid nodig voor een dag lesgeven per week?", "docent_bevoegdheid"),
    ],
)
async def test_a_question_gets_its_answer(conversation: Conversation, question: str, key: str) -> None:
    assert (await conversation.says(question)).responses == [f"utter_faq/{key}"]


async def test_a_question_during_the_interest_test_does_not_count_as_an_answer(
    conversation: Conversation,
) -> None:
    await conversation.clicks("/interessetest_doen")
    answer = await conversation.says("Wat is een skill?")
    assert answer.responses == ["utter_faq/wat_is_een_skill", "utter_ask_interessetest_formulier_stelling_01"]
    assert "stelling_01" not in await conversation.slots()
