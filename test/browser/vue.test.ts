import { reduce, useWebSocket } from '@tautline/vue';
import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-vue';
import { defineComponent, h, ref } from 'vue';
import { countFrames } from './frames';
import { testPath } from './path';

const BURST = 20_000;

describe('Vue in a real browser', () => {
  test(`loses none of ${BURST} messages, and renders at most once per frame`, async () => {
    const path = testPath();
    const heard: string[] = [];
    let frames = countFrames();
    const add = (count: number, message: unknown) => count + Number(Number(message) === count);
    const Counter = defineComponent(() => {
      const { data, send, status } = useWebSocket(path.url(), {
        collect: reduce(add, 0),
        onMessage: (message) => heard.push(String(message)),
      });
      return () => {
        frames.note();
        return h('button', { onClick: () => send(`/burst ${BURST}`) }, `${status.value} ${data.value}`);
      };
    });
    const { getByRole } = await render(Counter);
    await expect.element(getByRole('button')).toHaveTextContent('connected 0');

    frames = countFrames();
    await getByRole('button').click();
    await expect.element(getByRole('button'), { timeout: 10_000 }).toHaveTextContent(`connected ${BURST}`);

    const { renders, ticks, mostInOneFrame } = frames.stop();
    console.info(`Vue: ${BURST} messages, ${renders} renders, ${ticks} frames`);
    expect(heard).toEqual(Array.from({ length: BURST }, (_, index) => String(index)));
    expect(mostInOneFrame).toBe(1);
    expect(renders).toBeLessThanOrEqual(ticks + 1);
  });

  test('keeps the socket when a component is replaced by another in one go, as hot reloads do', async () => {
    const path = testPath();
    const key = ref('before');
    const mounts: string[] = [];
    const Line = defineComponent({
      props: { name: String },
      setup({ name }) {
        mounts.push(String(name));
        const { data, send, status } = useWebSocket(path.url());
        return () =>
          h('button', { onClick: () => send('/number') }, `${name} ${status.value} ${String(data.value ?? '-')}`);
      },
    });
    const { getByRole } = await render(defineComponent(() => () => h(Line, { key: key.value, name: key.value })));
    await expect.element(getByRole('button')).toHaveTextContent('before connected -');
    key.value = 'after';
    await expect.element(getByRole('button')).toHaveTextContent('after connected -');
    await getByRole('button').click();
    await expect.element(getByRole('button')).toHaveTextContent('after connected 0');
    expect(mounts).toEqual(['before', 'after']);
    expect(await path.seen()).toMatchObject({ accepted: 1, open: 1, closes: [] });
  });
});
