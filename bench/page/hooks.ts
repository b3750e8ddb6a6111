import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp, h } from 'vue';
import type { ParticipantId } from '../adapters/registry';
import { adapterOf, needed } from '../shared/adapterOf';
import { createStage, painted } from './stage';

/** As many components that do nothing: what remains of the others is the hook's. */
export async function mountBare(count: number, framework: 'react' | 'vue'): Promise<void> {
  const { stage } = createStage('');
  if (framework === 'react') {
    const Bare = () => createElement('i');
    createRoot(stage.root).render(Array.from({ length: count }, (_, key) => createElement(Bare, { key })));
  } else {
    const Bare = { setup: () => () => h('i') };
    createApp(() => Array.from({ length: count }, (_, key) => h(Bare, { key }))).mount(stage.root);
  }
  await painted();
}

/** Resolves once they have a line, and are rendered. */
export async function mountHooks(id: ParticipantId, url: string, count: number): Promise<void> {
  const { showHooks } = await adapterOf(id);
  const { stage, isReady } = createStage(url);
  needed(showHooks)(stage, count);
  await isReady;
  await painted();
}
