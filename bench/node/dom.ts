import { JSDOM } from 'jsdom';

/** As much of a page as hooks and composables ask for. */
export function installDom(): void {
  const { window } = new JSDOM('', { pretendToBeVisual: true });
  const { document, Element, HTMLElement, HTMLIFrameElement, Node } = window;
  Object.assign(globalThis, { window: globalThis, document, Element, HTMLElement, HTMLIFrameElement, Node });
  // Of a page: in Node, `globalThis` listens to nothing.
  Object.assign(globalThis, {
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  });
}
