/* Suggestions under the search box while one types: an editable combobox with list autocomplete
 * (WAI-ARIA Authoring Practices 1.2, "Combobox"). The box is Streamlit's own and works without this
 * file; here it is only listened to, and given the attributes that screen readers look for.
 */

const BOX = ".st-key-kb-box input";
const PAUSE = 120; // ms without a key before we ask
const SHORTEST = 2; // letters
const OPERATOR = /["“”«»:]|(^|\s)[+-]\S/; // of the query language: a suggestion would replace it

export default function ({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector("[role=listbox]");
  const status = parentElement.querySelector("[role=status]");
  list.setAttribute("aria-label", data.words.list);

  let active = -1; // which option Enter would take; -1: what is typed
  let timer = 0;
  let asking = null; // the request on its way
  let filling = false; // we write into the box ourselves

  const options = () => [...list.children];
  const box = () => document.querySelector(BOX);
  const isBox = (event) => event.target instanceof Element && event.target.matches(BOX);
  const isOpen = () => !list.hidden;

  function describe(input) {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", String(isOpen()));
    input.setAttribute("autocomplete", "off"); // the browser's own list would cover ours
    const option = options()[active];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    status.textContent = "";
    if (box()) describe(box());
  }

  function activate(place) {
    active = place;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    options()[active]?.scrollIntoView({ block: "nearest" });
    describe(box());
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map(({ text, source }, i) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.text = text;
        const [what, where] = [document.createElement("span"), document.createElement("small")];
        what.textContent = text;
        where.textContent = data.words.sources[source] ?? "";
        option.append(what, where);
        return option;
      }),
    );
    list.hidden = suggestions.length === 0;
    active = -1;
    const { one, many } = data.words;
    status.textContent =
      suggestions.length === 1 ? one : suggestions.length ? `${suggestions.length} ${many}` : "";
    describe(box());
  }

  async function ask(typed) {
    asking?.abort();
    asking = new AbortController();
    try {
      const address = `${data.address}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return close();
      const { suggestions } = await answer.json();
      const input = box();
      if (input?.value.trim() === typed && document.activeElement === input) {
        show(suggestions.filter(({ text }) => text !== typed));
      }
    } catch {
      // Another request took its place, or the server is away: the box goes on without.
    }
  }

  function plan(input, pause) {
    clearTimeout(timer);
    const typed = input.value.trim();
    if (typed.length < SHORTEST || typed.length > data.longest || OPERATOR.test(typed)) {
      return close();
    }
    timer = setTimeout(() => ask(typed), pause);
  }

  function choose(option) {
    const { text } = option.dataset;
    const input = box();
    filling = true; // React takes a value over only from an event that looks typed
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    filling = false;
    close();
    setTriggerValue("chosen", text);
  }

  const onInput = (event) => {
    if (isBox(event) && !filling) plan(event.target, PAUSE);
  };

  const onKey = (event) => {
    if (!isBox(event) || event.isComposing) return;
    const count = options().length;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (arrow && !event.altKey && isOpen()) {
      // One place more than there are options: what is typed.
      activate(((active + 1 + arrow + count + 1) % (count + 1)) - 1);
    } else if (event.key === "ArrowDown") {
      plan(event.target, 0);
    } else if (event.key === "Enter" && active >= 0) {
      choose(options()[active]);
    } else if (event.key === "Escape" && isOpen()) {
      close();
    } else {
      if (event.key === "Enter" || event.key === "Tab") close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const onFocusIn = (event) => {
    if (isBox(event)) describe(event.target);
  };
  const onFocusOut = (event) => {
    if (isBox(event)) close();
  };
  const onPress = (event) => event.preventDefault(); // the box keeps the focus
  const onClick = (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  };

  // On the window and before the others, for the box may be drawn anew, and Enter is Streamlit's.
  window.addEventListener("input", onInput, true);
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("focusin", onFocusIn, true);
  window.addEventListener("focusout", onFocusOut, true);
  list.addEventListener("mousedown", onPress);
  list.addEventListener("click", onClick);
  // The box may be drawn after this, or anew.
  const undescribed = () => {
    if (box() && box().getAttribute("role") !== "combobox") describe(box());
  };
  const watching = new MutationObserver(undescribed);
  watching.observe(document.body, { childList: true, subtree: true });
  undescribed();

  return () => {
    watching.disconnect();
    close();
    window.removeEventListener("input", onInput, true);
    window.removeEventListener("keydown", onKey, true);
    window.removeEventListener("focusin", onFocusIn, true);
    window.removeEventListener("focusout", onFocusOut, true);
    list.removeEventListener("mousedown", onPress);
    list.removeEventListener("click", onClick);
  };
}
