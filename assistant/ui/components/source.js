// Draws a source with the quotation marked. Everything goes in as text; only an https link is a link.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const root = parentElement.querySelector(".source")
  const make = (tag, name, text) => {
    const element = document.createElement(tag)
    if (name) element.className = name
    if (text) element.textContent = text
    return element
  }
  const close = () => {
    if (root.back) root.back.focus()
    setTriggerValue("close", true)
  }
  root.onkeydown = (event) => { if (event.key === "Escape") close() }
  root.setAttribute("aria-label", `Open source: ${data.title}`)
  root.replaceChildren()
  const button = make("button", "close", "Close")
  button.type = "button"
  button.setAttribute("aria-label", "Close this source")
  button.onclick = close
  root.append(button)
  root.append(make("div", "kind", data.kind))
  root.append(make("h2", "", data.title))
  root.append(make("div", "facts", [data.by, data.year].filter(Boolean).join(", ")))
  root.append(make("div", "facts", data.facts.join(" · ")))
  const body = make("div", "body")
  body.tabIndex = 0
  body.setAttribute("role", "region")
  body.setAttribute("aria-label", "The quotation in its surroundings")
  body.append(make("span", "around", data.before))
  const mark = make("mark", "", data.quote)
  body.append(mark)
  body.append(make("span", "around", data.after))
  root.append(body)
  if (data.read === "abstract") root.append(make("div", "facts", "Only the abstract was read."))
  if (data.gaps.length) {
    const gaps = make("details", "facts")
    gaps.append(make("summary", "", `Known gaps in what was read: ${data.gaps.length}`))
    for (const gap of data.gaps) gaps.append(make("div", "", gap))
    root.append(gaps)
  }
  if (data.link && data.link.startsWith("https://")) {
    const link = make("a", "", "Open the original")
    link.href = data.link
    link.target = "_blank"
    link.rel = "noopener noreferrer"
    root.append(link)
  }
  root.append(make("div", "facts", `${data.file} · passage ${data.passage}`))
  // The scrolling box starts at the quotation, a little below its upper edge.
  body.scrollTop = Math.max(0, mark.offsetTop - body.offsetTop - 60)
  // The keyboard goes from the citation to its source once, and back when it is closed.
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  if (root.back || !active?.classList.contains("mark")) return
  root.back = active
  body.focus({ preventScroll: true })
}
