// Keeps a question at the top of the window while its answer grows below it, until the person does something;
// tells a screen reader that the answer is there.
export default function (component) {
  const { data, parentElement } = component
  const place = parentElement.querySelector(".arrival")
  const message = (place.getRootNode().host ?? place).closest("[data-testid=stChatMessage]")
  const page = message.closest("[data-testid=stMainBlockContainer]")
  place.textContent = data.told
  // Who has a popover open is at something else.
  const busy = () => document.querySelector("[data-testid=stPopoverBody]")
  const observer = new ResizeObserver(() => busy() || message.scrollIntoView({ block: "start" }))
  const stop = () => observer.disconnect()
  for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    window.addEventListener(event, stop, { once: true, passive: true, capture: true })
  }
  observer.observe(page)
  return stop
}
