import { afterEach, beforeEach, expect, vi } from 'vitest';
import { createApp, defineComponent, effectScope, h, type App, type Component, type EffectScope } from 'vue';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';

/** Lets time pass, and Vue render. 20 ms are a frame and every grace. */
export async function pass(milliseconds = 20): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

let apps: App[] = [];
let scopes: EffectScope[] = [];

/** An app in a page of its own. `prepare` may install plugins. */
export function mount(
  root: Component,
  prepare: (app: App) => void = () => {},
): { element: HTMLElement; unmount: () => void } {
  const app = createApp(root);
  prepare(app);
  const element = document.body.appendChild(document.createElement('div'));
  app.mount(element);
  apps.push(app);
  const unmount = () => {
    if (apps.includes(app)) app.unmount();
    apps = apps.filter((other) => other !== app);
    element.remove();
  };
  return { element, unmount };
}

/** A component of what it sets up and shows; counts its renders. */
export function component<S>(setup: () => S, show: (state: S) => unknown = () => ''): Component & { renders: number } {
  const made = {
    renders: 0,
    ...defineComponent(() => {
      const state = setup();
      return () => {
        made.renders++;
        return h('p', String(show(state)));
      };
    }),
  };
  return made;
}

/** Mounts a component that only sets up, and hands out what it got. */
export function mountSetup<S>(setup: () => S, prepare?: (app: App) => void): S & { unmount: () => void } {
  let state!: S;
  const { unmount } = mount(
    component(() => (state = setup())),
    prepare,
  );
  return { ...state, unmount };
}

/** Runs in a scope outside of any component. */
export function inScope<S>(setup: () => S): S & { stop: () => void } {
  const scope = effectScope(true);
  scopes.push(scope);
  return { ...(scope.run(setup) as S), stop: () => scope.stop() };
}

/** Fake time, fake sockets, and after each test proof that nothing stayed behind. */
export function installFakes(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeWebSocket);
    FakeWebSocket.all = [];
    vi.spyOn(console, 'error');
    vi.spyOn(console, 'warn');
  });

  afterEach(async () => {
    for (const app of apps) app.unmount();
    for (const scope of scopes) scope.stop();
    apps = [];
    scopes = [];
    document.body.replaceChildren();
    await pass(3_000); // channels say goodbye, to a server that may not answer
    expect(FakeWebSocket.open, 'sockets left open').toEqual([]);
    expect(vi.getTimerCount(), 'timers left running').toBe(0);
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}
