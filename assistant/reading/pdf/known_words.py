"""Common words, by which running text is told from what an engine failed to decode."""

from __future__ import annotations

# The words that make up about half of running English, and some of the field's.
_ENGLISH = """
a able about above abstract across act action after again against age all almost along already also
although always am among an and another any anyone anything appendix approach are area areas around as
asked at author authors available away back based be became because become been before began behind being
believe below best better between both bring but by call called came can cannot care case cases cause
certain change changes chapter child children city clear close come common community company conclusion
contents could council country course data date day days decision did different difficult discussion do
document does done down due during each early education effect either else end enough especially even
ever every evidence example experience fact family far feel few figure file find first five follow
following for form found four from full further future gave general get give given go goes going good
government great group groups had half hand has have having he head health help her here high him himself
his home hour hours house how however human idea if important in including increase individual
information innovation instead interest into introduction is issue issues it its itself journal just keep
kind know known large last later law lead learning least left less let level life like likely line list
little local long look low made main make makes making management many market may me mean means members
men method methods might model money month months more most much must my name national near necessary
need needed needs never new next no non not note nothing now number of off often old on once one only
open or order organisation organisations organization other others our out over own page paper part
particular past people per percent period person place plan point points policy political population
position possible power practice present private problem problems process program programme project
provide provided public put quality question questions rate rather read really reason received recent
reference references report research result results right risk role said same saw say school second
section see seem seen sense service services set several shall she should show shown side significant
similar since six small so social some something sometimes source specific staff state states still
strong study such support sure system systems table take taken team ten term terms text than that the
their them themselves then there these they thing things think third this those though thought three
through thus time times title to today together told too total toward towards two type under understand
university until up upon us use used useful user users uses using usually value very view volume want was
water way ways we week well went were what when where whether which while who whole whose why will with
within without woman women word words work workers working world would write written year years yes yet
you young your
"""
ENGLISH = frozenset(_ENGLISH.split())

# Words that stand in nearly every paragraph of other languages in Latin script.
OTHER_LANGUAGES = {
    "German": "der die das und ist nicht ein eine einer mit für auf den dem des von zu im sich auch es wird sind als sie wir ich dass mehr um bei oder aus wie haben hat werden nach noch aber",
    "French": "le la les des et est une un dans pour que qui par sur avec au aux du ne pas ce cette sont plus nous vous ils elle mais ou comme été leur même tout",
    "Spanish": "el la los las de y es una un en para que por con del se su al como más no lo son este pero sus ha fue han también entre cuando sobre muy",
    "Portuguese": "o a os as de e é uma um em para que por com do da dos das não se na no ao mais como",
    "Italian": "il la le gli di e è una un in per che con del della dei si non sono al alla come più nel",
    "Dutch": "de het een en van is niet met voor op te dat die zijn in aan ook bij door wordt werd naar",
    "Swedish": "och att det som en är för på av med den till inte om har de ett var vid från",
    "Norwegian or Danish": "og at det som en er for på av med den til ikke om har de et var ved fra",
    "Finnish": "ja on ei että se oli hän olla joka mutta kun niin myös tai sekä ovat kuin jos",
    "Polish": "i w na z do się nie jest że to jak o po za od przez dla są lub oraz",
    "Czech": "a v na se že je z s do o pro za od byl jako jsou by nebo podle",
    "Hungarian": "a az és hogy nem is egy van meg ez volt de csak mint ha vagy el már",
    "Turkish": "ve bir bu da de için ile olarak olan daha çok en gibi kadar ne ya var",
    "Romanian": "și de la în a cu pe că este nu un o din care pentru mai ce sunt se au",
    "Indonesian or Malay": "dan yang di dari untuk dengan ini itu pada tidak dalam akan adalah ke oleh sebagai",
    "Welsh": "y yr a ac yn i o ar am ei eu mae oedd nid gan wedi bod sydd hyn hefyd mewn gyda bob yw",
    "Irish": "an na agus ar is ag i go a le do bhí tá ní sé leis níos mó ó chun seo sin ach",
    "Croatian or Serbian": "i u je da se na su za od s sa kao što koji nije bi ili te ali po iz više svi kako bilo",
    "Slovak": "a v na sa je že s z do o ako pre za od ktorý sú by podľa alebo to",
    "Slovenian": "in v je na za se da so ki z s pri po od kot tudi ali bi to še",
    "Lithuanian": "ir į iš su kad yra buvo tai kaip ne o bet ar nuo per už tik jau apie prie",
    "Latvian": "un ir ka par no ar uz to tas bija kas vai lai gan pie pēc bet arī viņi visi",
    "Estonian": "ja on ei et see oli ka kui oma ning mis või aga neid neil kes selle nende kõik",
    "Vietnamese": "và của là có các cho một được không trong với những người này đã để khi từ theo đó",
    "Catalan": "el la els les de i és una un en per que amb no al es del va són més com aquest",
    "Albanian": "dhe në të e i një për me që nga është më ka si nuk u do ishte kjo por",
    "Swahili": "na ya wa kwa ni katika za la kama hii yake ambayo watu pia wote zaidi kuwa cha si yao",
    "Icelandic": "og að í er á sem um til var við en það ekki með af hann fyrir eru ég frá",
    "Russian": "и в не на что с по как это из от за то для о а но его у был",
    "Ukrainian": "і в не на що з та до як це за від для про у є його або були при",
    "Bulgarian": "и на да не се в за от с са по че е като това или до при бяха към",
    "Macedonian or Serbian": "и у је да на се за од са су не као то што или али бити во со",
    "Greek": "και το της την να του τη των με για από που στο η ο τα είναι στην σε δεν",
    "Latin": "et in est non ad ut cum sed quod qui ex sunt per si enim aut etiam ab",
}
FOREIGN = {language: frozenset(words.split()) for language, words in OTHER_LANGUAGES.items()}
