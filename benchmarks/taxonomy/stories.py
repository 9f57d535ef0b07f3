"""What people might write of themselves, about a hundred words each; written for this bench."""

STORIES = (
    """Ik heb twaalf jaar als kok gewerkt in een verzorgingshuis. Ik maakte menu's, deed de inkoop en
    stuurde drie mensen aan. Daarvoor stond ik vijf jaar in een bakkerij. Nu wil ik iets anders,
    want mijn rug doet pijn van het staan. Thuis zorg ik voor mijn vader, hij heeft dementie. Ik
    help hem met wassen en aankleden en ik regel zijn geld. In het weekend repareer ik fietsen
    voor de buurt, dat vind ik echt leuk. Ik spreek goed Nederlands en een beetje Turks. Ik kan
    niet goed met computers, maar ik wil dat wel leren. Een rijbewijs heb ik, autorijden doe ik
    graag.""",
    """Na de mts heb ik bij Schiphol gewerkt als monteur van vliegtuigen, van 2004 tot 2019. Ik las
    technische tekeningen, verving onderdelen van de motor en schreef rapporten. Ik ken
    elektronica, hydrauliek en pneumatiek. Daarna was ik twee jaar chauffeur op een vrachtwagen en
    heb ik heftruck gereden in een magazijn. Door de fusie raak ik mijn baan kwijt. Ik zou graag
    met windmolens op zee werken, of zonnepanelen leggen. Hoogtes vind ik geen probleem. Ik kan
    lassen, maar mijn diploma is verlopen. Engels spreek ik vloeiend. Mijn vrouw werkt in de
    thuiszorg, ik ken dat werk, maar het is niets voor mij.""",
    """Ik ben moeder van vier kinderen en heb lang niet betaald gewerkt. Wel geef ik al zes jaar taalles
    aan nieuwkomers in het buurthuis, als vrijwilliger. Ik organiseer elke zomer een feest in de
    straat met een markt, muziek en eten voor honderd mensen. Ik doe de boekhouding van de
    voetbalclub en ik naai kleding op bestelling. In Syrië was ik lerares wiskunde. Lesgeven zou
    ik het liefst weer doen, maar ik weet niet of mijn diploma hier geldig is. Ik kan goed
    plannen, luisteren en uitleggen. Met Excel en mail red ik me. Schoonmaken wil ik niet meer,
    dat heb ik drie jaar gedaan. Ik heb geen rijbewijs.""",
    """Mijn naam doet er niet toe. Ik heb op de bouw gewerkt als timmerman en later als stukadoor, bij
    elkaar ongeveer vijftien jaar. Ik kan metselen, tegelen, vloeren leggen en kozijnen plaatsen.
    Voorman ben ik ook een tijd geweest, dan verdeelde ik het werk en praatte ik met de klant. Nu
    zit ik ziek thuis, mijn knieën zijn op. Zittend werk zou beter zijn, bijvoorbeeld tekenen op
    de computer of werkvoorbereiding. Ik lees niet zo goed, een cursus moet dus niet te veel
    theorie hebben. Met mensen omgaan gaat mij goed af. In de tuin kweek ik groente en ik houd
    bijen. Koken kan ik niet.""",
)
