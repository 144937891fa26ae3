"""What the invented people say: a pool of texts in Markdown, put together from sentences."""

from __future__ import annotations

from random import Random

SENTENCES = """
We moved the returns trolley two metres and the queue at the desk simply went away.
Our branch has one member of staff on Thursdays, so whatever we plan has to survive that.
I asked six people what they had come in for, and four of them said “the warm”.
The sign by the lift says what is forbidden; nothing in the building says what is welcome.
On the bus I kept thinking of the man who renews his card every month to have a chat.
We counted: most questions at the desk are about the printer, and not really about the printer.
Somebody wrote “more chairs” on nine cards in the suggestions box, in nine different hands.
I would start smaller than that, with one shelf and one person who cares about it.
Does anybody here lend tools as well as books, and who mends them?
It worked for a year, then the colleague who carried it left, and nobody had written it down.
The children took the chairs outside, and it turned out that this was the best reading room we have.
What I take from the interview is the pause: she waits, and then the real question comes.
Ours is a school library, so the bell decides how long a conversation may be.
There was a budget line for it, and it was called “miscellaneous”.
We tried it on a Tuesday evening with tea, and eleven people came, which for us is a crowd.
I disagree a little: a catalogue that nobody can search is a promise that nobody keeps.
The volunteers asked for a rota, and after that for a say in the rota.
Last winter we put the newspapers next to the radiator, and the average age of the room changed.
My director wants numbers, and I want to give her numbers that mean something.
How do you thank people who would be embarrassed to be thanked?
We have a shelf that borrowers look after, and it is the tidiest in the house.
I had not thought of the doorway as a text until this week, and now I read every one that I walk through.
Half of our stock is in languages that none of us at the desk can read, and that is as it should be.
The hardest part was to leave the table empty and to let it be used.
Two of my colleagues would say the opposite, and they have been here longer than I have.
A handover note of one page has saved us more than any training day.
Would you share the form that you used, or is it only for your own house?
In our town the bus stops running at seven, so an evening event is an event for drivers.
She said that she came for the quiet, and stayed because somebody remembered her name.
The question I am left with is who was not in the room when we decided.
We keep a notebook at the desk, and everybody writes down one thing a day that surprised them.
It is easy to listen when people are polite, and I learn the most when they are not.
Our statistics say that nobody uses the local collection, and they do not see the people who only look.
I tried the exercise with my own family, and it is harder than it sounds.
There is a difference between being asked and being heard, and our survey only did the first.
""".strip().splitlines()

TITLES = (
    """
The shelf nobody asked for|Printer questions that are not about the printer|Who was not in the room
A rota that volunteers make themselves|Returns, two metres to the left|Reading the doorway
What do you count, and for whom?|Tea on Tuesdays|One page of handover|Languages we cannot read
Borrowers who look after a shelf|The bus stops at seven|A table left empty|Numbers that mean something
Being asked and being heard|The notebook at the desk|School bells and long questions|Chairs outside
Tools, seeds and sewing machines|A suggestions box, emptied|How to say no to a good idea|Quiet, but not silent
""".strip()
    .replace("\n", "|")
    .split("|")
)

FIRST_NAMES = """
Amara Ana Bea Cem Chidi Dalia Diego Elif Emre Fatou Finn Grace Hana Hugo Ines Ivo Jonas June Kaito Keala Lena
Leo Lucía Maja Malik Mei Milan Nadia Noor Olu Oskar Paula Priya Rafael Rosa Ruth Sami Sofia Tariq Tess Uma
Vera Wen Yara Zoe
""".split()
LAST_NAMES = """
Abara Bell Castro Duarte Ekström Farouk Greene Hanley Ibsen Jansen Kaya Lindqvist Marsh Nakamura Nwosu Okafor
Ortiz Petrov Quinn Rahman Santos Silva Tanaka Umarov Vogel Watanabe Xu Yilmaz Zamora
""".split()
PLACES = ["Public Library", "School Library", "University Library", "Hospital Library", "Mobile Library"]


def text(random: Random) -> str:
    """A post: one to six sentences, some of it emphasised, quoted, listed or linked."""
    words = [random.choice(SENTENCES) for _ in range(random.choice((1, 1, 2, 2, 3, 3, 4, 6)))]
    if random.random() < 0.3:
        place = random.randrange(len(words))
        first, _space, rest = words[place].partition(" ")
        words[place] = f"*{first}* {rest}"
    paragraphs = [" ".join(words[:3]), " ".join(words[3:])]
    if random.random() < 0.2:
        paragraphs.insert(0, "> " + random.choice(SENTENCES))
    if random.random() < 0.1:
        paragraphs.append("\n".join(f"- {random.choice(SENTENCES)}" for _ in range(3)))
    if random.random() < 0.1:
        paragraphs.append("There is more at https://www.example.org/notes/ and in `notes.txt`.")
    return "\n\n".join(filter(None, paragraphs))


def pool(random: Random, size: int) -> list[str]:
    """`size` different posts."""
    return list(dict.fromkeys(text(random) for _ in range(size * 3)))[:size]


def prose(random: Random, words: int) -> str:
    """Paragraphs of at least `words` words, as HTML."""
    paragraphs, length = [], 0
    while length < words:
        sentences = [random.choice(SENTENCES) for _ in range(5)]
        length += sum(len(sentence.split()) for sentence in sentences)
        paragraphs.append(f"<p>{' '.join(sentences)}</p>")
    return "".join(paragraphs)
