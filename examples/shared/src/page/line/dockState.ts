const KEY = 'tautline-dock';
/** Where there is room for the dock beside the page. */
const WIDE = '(min-width: 1100px) and (min-height: 860px)';

/** Whether the dock is open: as it was left, else where there is room. */
export function isDockOpen(): boolean {
  const stored = localStorage.getItem(KEY);
  return stored ? stored === 'open' : matchMedia(WIDE).matches;
}

export function rememberDock(isOpen: boolean): void {
  localStorage.setItem(KEY, isOpen ? 'open' : 'closed');
}
