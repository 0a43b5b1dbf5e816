/** How the letter is laid out in Typst. All texts come as data, so that none is read as markup. */
export const LETTER_TEMPLATE = `
#let letter = json("data.json")
#set document(title: letter.title, author: letter.letterhead.name)
#set text(lang: "en", size: 10.5pt, font: ("Libertinus Serif", "DejaVu Sans"))
#set par(leading: 0.68em, spacing: 0.9em)
#set page(
  paper: "a4",
  margin: (x: 25mm, top: 22mm, bottom: 24mm),
  footer: context [
    #set text(size: 8.5pt, fill: rgb("#454e5c"))
    #letter.trackingId #h(1fr) #counter(page).get().first() of #counter(page).final().first()
  ],
)
#show heading.where(level: 1): it => block(above: 1.6em, below: 1.2em, text(size: 15pt, weight: "bold", it.body))
#show heading.where(level: 2): it => block(above: 1.5em, below: 0.7em, text(size: 11.5pt, weight: "bold", it.body))

#grid(
  columns: (1fr, auto),
  column-gutter: 12mm,
  align: (left + bottom, right + bottom),
  text(size: 17pt, weight: "bold", letter.letterhead.name),
  text(size: 8.5pt, fill: rgb("#454e5c"), letter.letterhead.lines.join(linebreak())),
)
#v(-0.4em)
#line(length: 100%, stroke: 0.6pt + rgb("#131820"))
#v(1.2em)
#grid(
  columns: (1fr, auto),
  letter.recipient.join(linebreak()),
  align(right)[#letter.on \\ #letter.trackingId],
)

= #letter.title

#letter.salutation

#for section in letter.sections {
  heading(level: 2, section.title)
  if section.steps and section.paragraphs.len() > 1 {
    enum(..section.paragraphs)
  } else {
    for words in section.paragraphs { par(words) }
  }
}

#if letter.units.len() > 0 {
  heading(level: 2, letter.unitsTitle)
  set text(size: 9.5pt)
  table(
    columns: letter.unitsWidths.map(share => share * 1fr),
    stroke: (x, y) => (bottom: 0.4pt + rgb(if y == 0 { "#131820" } else { "#c5cbd5" })),
    inset: (x: 5pt, y: 4pt),
    table.header(..letter.unitsHead.map(strong)),
    ..letter.units.flatten(),
  )
  if letter.unitsNote != "" { par(letter.unitsNote) }
}

#v(1em)
#block(breakable: false, letter.closing.join(linebreak()))
`;
