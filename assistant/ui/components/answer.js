// Draws claims with citation buttons. Everything from a document goes in as text, never as markup.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const root = parentElement.querySelector(".answer")
  const make = (tag, name, text) => {
    const element = document.createElement(tag)
    if (name) element.className = name
    if (text) element.textContent = text
    return element
  }
  // What is drawn stays when a source is opened, so that the keyboard keeps its place.
  const drawn = JSON.stringify(data.groups)
  if (root.drawn !== drawn) draw()
  root.drawn = drawn
  for (const button of root.querySelectorAll("button.mark")) {
    const number = Number(button.textContent)
    button.setAttribute("aria-pressed", String(number === data.open))
    button.onclick = () => setTriggerValue("open", number)
  }

  function draw() {
    root.replaceChildren()
    for (const group of data.groups) {
      root.append(make("h2", "", group.heading))
      // Two accounts stand beside each other.
      const sides = make("div", group.claims.some((claim) => claim.against) ? "sides" : "")
      let list = make("ul")
      sides.append(list)
      for (const claim of group.claims) {
        if (claim.against) {
          list = make("ul")
          sides.append(make("div", "against", claim.against), list)
        }
        const item = make("li")
        const words = make(claim.quoted ? "q" : "span", "words", claim.text)
        item.append(words, " ")
        for (const mark of claim.marks) {
          const button = make("button", "mark", String(mark.number))
          button.type = "button"
          button.title = mark.label
          button.setAttribute("aria-label", `Open source ${mark.number}: ${mark.label}`)
          item.append(button)
        }
        item.append(make("div", "basis", claim.basis))
        if (claim.gap) item.append(make("div", "gap", claim.gap))
        if (claim.support !== "supported") {
          item.append(make("div", "doubt", `${claim.support} by its sources: ${claim.reason}`))
        }
        list.append(item)
      }
      root.append(sides)
    }
  }
}
