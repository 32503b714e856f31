/* A click on a link of ours (a.kb-go, a.kb-source) turns the page within the app, without loading
 * it anew; going back returns to where one was on the page. Opened in another tab or window, copied
 * or shared, it is a link like any other.
 */

const OURS = "a.kb-go[href], a.kb-source[href]";
const SCROLLED = "[data-testid=stMain]"; // what scrolls is not the window
const PATIENCE = 15000; // ms that a page may take to be as long as it was

export default function ({ data }) {
  const onClick = (event) => {
    const otherwise = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || event.button !== 0 || otherwise) return;
    const link = event.target instanceof Element && event.target.closest(OURS);
    if (!link) return;
    const { origin, pathname, search } = new URL(link.href);
    if (origin !== location.origin || !data.paths.includes(pathname)) return;
    event.preventDefault();
    if (pathname + search === location.pathname + location.search) return;
    const scrolled = document.querySelector(SCROLLED)?.scrollTop ?? 0;
    history.replaceState({ ...history.state, scrolled }, "");
    // What Streamlit hears when one goes back or forward: it shows what the address asks for.
    history.pushState({}, "", pathname + search);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };

  const onPopState = (event) => {
    const top = event.state?.scrolled;
    if (!top) return;
    const address = location.href;
    const until = performance.now() + PATIENCE;
    const scroll = () => {
      const main = document.querySelector(SCROLLED);
      if (location.href !== address || performance.now() > until) return;
      if (main && main.scrollHeight >= top + main.clientHeight) main.scrollTop = top;
      else setTimeout(scroll, 100);
    };
    setTimeout(scroll, 100);
  };

  document.addEventListener("click", onClick);
  window.addEventListener("popstate", onPopState);
  return () => {
    document.removeEventListener("click", onClick);
    window.removeEventListener("popstate", onPopState);
  };
}
