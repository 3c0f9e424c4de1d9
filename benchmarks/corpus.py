"""Postings to measure on: generated, seeded, about 3 KB each, in several languages.

They look like what boards deliver: boilerplate, requirements, benefits with money in them,
dates, head counts, curly quotes and dashes. No sentence of it is an example of a rule.
"""

import random
from typing import Final, NamedTuple

LENGTH: Final = 3000
SEED: Final = 20_260_101


class Language(NamedTuple):
    """What postings of one language are put together from."""

    weight: int
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    distractors: tuple[str, ...]
    pay: tuple[str, ...]


ENGLISH: Final = Language(
    14,
    (
        "About the role",
        "What you\u2019ll do",
        "Who we look for",
        "What we offer",
        "How to apply",
    ),
    (
        "You will compare two answers and explain which one is better.",
        "The work is remote and you decide when you do it.",
        "Most people spend between 10 and 20 hours a week on the project.",
        "Applicants need at least 3 years of experience and a degree in {field}.",
        "Every assignment comes with written guidelines and a short example.",
        "You\u2019ll write prompts that a model finds hard to answer \u2013 and say why.",
        "After a test of about 45 minutes you hear from us within 5 days.",
        "We value clear writing, patience and attention to detail.",
        "Reviewers look at each submission and send comments back.",
        "The project started in 2024 and is planned to run for 6 months.",
        "You need a laptop, a stable connection and a quiet place to work.",
        "Nobody has to install special software; everything runs in the browser.",
        "Experts from more than 40 countries work with us today.",
        "You may be asked to record short explanations of your reasoning.",
        "Feedback is given in writing and usually within one day.",
        "Our team of 120 sits in Lisbon, Austin and Pune, and works across 11 time zones.",
        "Please apply with a short note about your work in {field}.",
        "The interview is on 14 March at 3 pm, by video, and takes half an hour.",
        "Equal opportunity matters to us: we hire people of every age, origin and belief.",
    ),
    (
        "We closed a ${millions}M Series {letter} last spring and now serve 300 customers.",
        "Benefits include a 401(k) with a {percent}% match and dental cover.",
        "You get a ${hundreds} home office budget and ${tens} a month for your phone.",
        "Refer a colleague and receive a ${hundreds} bonus after 90 days.",
        "Our platform costs customers ${tens} per seat and is used 24/7.",
        "The market is worth ${millions} billion, and we grew by {percent}% in 2025.",
    ),
    (
        "Pay: ${low} \u2013 ${high} per hour, depending on experience.",
        "Compensation for this engagement is ${low}-${high}/hr, paid out weekly.",
        "The hourly rate is ${low}.00 USD.",
        "Reviewers in this programme earn up to ${high} per hour.",
        "The salary range for this position is ${low},000 - ${high},000 per year plus equity.",
        "Each accepted conversation pays ${small}.50.",
        "Rates begin at ${low} an hour and reach ${high} an hour for senior experts.",
        "UK-based contractors receive \u00a3{low} per hour, before tax.",
    ),
)
GERMAN: Final = Language(
    2,
    ("Deine Aufgaben", "Dein Profil", "Wir bieten", "\u00dcber uns"),
    (
        "Du pr\u00fcfst Antworten von Sprachmodellen und begr\u00fcndest, welche besser ist.",
        "Die Arbeit ist ortsunabh\u00e4ngig, und du teilst dir deine Zeit selbst ein.",
        "Du bringst ein abgeschlossenes Studium in {field} und 3 Jahre Erfahrung mit.",
        "Seit 2019 arbeiten bei uns 85 Menschen aus 20 L\u00e4ndern.",
        "Nach einem Test von etwa 40 Minuten melden wir uns innerhalb von 5 Tagen.",
        "Im Schnitt sind es zehn bis zwanzig Stunden in der Woche.",
        "Du brauchst einen Rechner, eine stabile Leitung und einen ruhigen Platz.",
    ),
    (
        "Wir haben {millions} Mio. \u20ac eingesammelt und wachsen um {percent} % im Jahr.",
        "Dazu gibt es ein Jobticket und {tens} \u20ac Zuschuss f\u00fcr den Sport.",
    ),
    (
        "Der Stundensatz liegt zwischen {low} und {high} Euro.",
        "Du bekommst {low},50 \u20ac pro Stunde.",
        "Das Jahresgehalt betr\u00e4gt {low}.000 bis {high}.000 \u20ac brutto.",
    ),
)
SPANISH: Final = Language(
    2,
    ("Qu\u00e9 har\u00e1s", "Qu\u00e9 buscamos", "Qu\u00e9 ofrecemos"),
    (
        "Comparar\u00e1s dos respuestas y explicar\u00e1s cu\u00e1l es mejor.",
        "El trabajo es remoto y eliges tu horario.",
        "Pedimos un t\u00edtulo en {field} y al menos 2 a\u00f1os de experiencia.",
        "Desde 2021 colaboran con nosotros m\u00e1s de 300 personas de 15 pa\u00edses.",
        "La prueba dura unos 40 minutos y respondemos en 5 d\u00edas.",
        "Necesitas un ordenador, buena conexi\u00f3n y un lugar tranquilo.",
    ),
    ("La empresa levant\u00f3 {millions} millones de euros en su \u00faltima ronda.",),
    (
        "Pagamos entre {low} y {high} euros por hora.",
        "El salario es de {low}.000 \u20ac brutos anuales.",
    ),
)
FRENCH: Final = Language(
    1,
    ("Vos missions", "Votre profil", "Ce que nous offrons"),
    (
        "Vous comparez deux r\u00e9ponses et expliquez laquelle est la meilleure.",
        "Le travail se fait \u00e0 distance, quand vous le souhaitez.",
        "Un dipl\u00f4me en {field} et 3 ans d\u2019exp\u00e9rience sont demand\u00e9s.",
        "Notre \u00e9quipe compte 60 personnes dans 12 pays depuis 2020.",
        "Le test dure environ 45 minutes; nous r\u00e9pondons sous 5 jours.",
    ),
    ("La soci\u00e9t\u00e9 a lev\u00e9 {millions} millions d\u2019euros en 2025.",),
    (
        "La r\u00e9mun\u00e9ration est de {low} \u00e0 {high} \u20ac de l\u2019heure.",
        "Salaire : {low} 000 \u20ac brut par an.",
    ),
)
JAPANESE: Final = Language(
    1,
    ("\u4ed5\u4e8b\u5185\u5bb9", "\u5fdc\u52df\u8cc7\u683c", "\u5f85\u9047"),
    (
        "\u4e8c\u3064\u306e\u56de\u7b54\u3092\u6bd4\u3079\u3001\u3069\u3061\u3089\u304c\u826f\u3044\u304b\u3092\u8aac\u660e\u3057\u307e\u3059\u3002",
        "\u5728\u5b85\u3067\u3001\u597d\u304d\u306a\u6642\u9593\u306b\u4f5c\u696d\u3067\u304d\u307e\u3059\u3002",
        "\u5927\u5352\u4ee5\u4e0a\u3001\u5b9f\u52d9\u7d4c\u9a13\u0033\u5e74\u4ee5\u4e0a\u306e\u65b9\u304c\u5bfe\u8c61\u3067\u3059\u3002",
        "\u9078\u8003\u30c6\u30b9\u30c8\u306f\u7d04\u0034\u0035\u5206\u3001\u7d50\u679c\u306f\u0035\u65e5\u4ee5\u5185\u306b\u304a\u77e5\u3089\u305b\u3057\u307e\u3059\u3002",
    ),
    (
        "\u6708\u984d\u0031\u4e07\u5186\u307e\u3067\u306e\u5728\u5b85\u624b\u5f53\u304c\u3042\u308a\u307e\u3059\u3002",
    ),
    ("\u6642\u7d66\u0031,{low}0\u5186\u301c\u0032,{high}0\u5186\u3067\u3059\u3002",),
)
_LANGUAGES: Final = (ENGLISH, GERMAN, SPANISH, FRENCH, JAPANESE)
_FIELDS: Final = ("biology", "contract law", "statistics", "nursing", "chemistry", "Python")
_DISTRACTED_SHARE: Final = 0.4


def postings(count: int, paid_share: float) -> list[str]:
    """Generated postings of about 3 KB, the given share of them with pay; always the same."""
    dice = random.Random(SEED)
    return [posting(dice, has_pay=dice.random() < paid_share) for _ in range(count)]


def posting(dice: random.Random, *, has_pay: bool) -> str:
    """One generated posting; without pay it may still have a sum of money in it."""
    language = dice.choices(_LANGUAGES, [one.weight for one in _LANGUAGES])[0]
    parts: list[str] = []
    size = 0
    while size < LENGTH:
        count = min(len(language.sentences), dice.randint(3, 6))
        paragraph = " ".join(dice.sample(language.sentences, count))
        if dice.random() < 0.3:
            paragraph = "\u2022 " + "\n\u2022 ".join(paragraph.split(". "))
        parts.append(f"{dice.choice(language.headings)}\n{paragraph}")
        size += len(paragraph) + 20
    if dice.random() < _DISTRACTED_SHARE:
        parts.insert(dice.randrange(1, len(parts)), dice.choice(language.distractors))
    if has_pay:
        parts.insert(dice.randrange(1, len(parts)), dice.choice(language.pay))
    low = dice.randint(15, 60)
    return "\n\n".join(parts).format(
        field=dice.choice(_FIELDS),
        low=low,
        high=min(99, low + dice.randint(5, 60)),
        small=dice.randint(2, 9),
        tens=dice.randint(20, 90),
        hundreds=dice.randint(2, 9) * 100,
        millions=dice.randint(3, 80),
        percent=dice.randint(2, 30),
        letter=dice.choice("ABC"),
    )
