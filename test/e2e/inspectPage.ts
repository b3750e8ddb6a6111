import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const MOST_STOPS = 150;

/** What axe finds in a part of the page, a line for each element. */
export async function violations(page: Page, part = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(async (selector) => {
    const { axe: loaded } = window as unknown as { axe: typeof axe }; // the script added above
    return (await loaded.run(selector, { resultTypes: ['violations'] })).violations;
  }, part);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${String(target)}: ${failureSummary}`),
  );
}

/** What sticks out of the window, so that the page scrolls sideways. */
export function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const sticksOut = (element: Element | null) => (element?.getBoundingClientRect().right ?? 0) > clientWidth;
    return [...document.querySelectorAll('body *')]
      .filter((element) => sticksOut(element) && !sticksOut(element.parentElement))
      .map(({ tagName, className }) => `${tagName}.${String(className)}`);
  });
}

/** Walks through the page by Tab. Says where the focus cannot be seen, or is behind something, and where it does not get on. */
export async function focusProblems(page: Page): Promise<string[]> {
  const problems: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur()); // always an element of HTML here
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const { name, isVisible, isInFront } = await page.evaluate(describeFocus);
    if (name === 'BODY') return stop > 0 ? problems : ['nothing can have the focus'];
    if (!isVisible) problems.push(`no focus to be seen on ${name}`);
    if (!isInFront) problems.push(`something in front of ${name}`);
  }
  return [...problems, `after ${MOST_STOPS} stops still not through`];
}

function describeFocus(): { name: string; isVisible: boolean; isInFront: boolean } {
  const focused = document.activeElement ?? document.body;
  const isOutlined = (element: Element | null) => element !== null && getComputedStyle(element).outlineStyle !== 'none';
  const { tagName, className, textContent } = focused;
  const seen = focused.closest('label') ?? focused;
  const { left, top, width, height } = seen.getBoundingClientRect();
  const isHit = (part: number) => {
    const hit = document.elementFromPoint(left + part * width, top + part * height);
    return seen.contains(hit);
  };
  return {
    name:
      focused === document.body
        ? 'BODY'
        : `${tagName}.${className} "${focused.getAttribute('aria-label') ?? textContent?.slice(0, 40)}"`,
    isVisible: isOutlined(focused) || isOutlined(focused.closest('label')),
    isInFront: [0.02, 0.5, 0.98].some(isHit),
  };
}
