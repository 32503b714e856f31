/* A click on a link of ours (a.kb-go, a.kb-source) turns the page within the app, without loading
 * it anew. Opened in another tab or window, copied or shared, it is a link like any other.
 */

const OURS = "a.kb-go[href], a.kb-source[href]";

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
    // What Streamlit hears when one goes back or forward: it shows what the address asks for.
    history.pushState({}, "", pathname + search);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}
