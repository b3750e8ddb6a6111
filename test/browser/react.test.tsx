import { keepLast, reduce, useWebSocket } from '@tautline/react';
import { StrictMode, useEffect, useState } from 'react';
import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { countFrames } from './frames';
import { testPath } from './path';

const BURST = 20_000;

describe('React in a real browser', () => {
  test('opens one socket under StrictMode, with an inline async URL and a render every 50 ms for 2 s', async () => {
    const path = testPath();
    function Restless() {
      const [renders, setRenders] = useState(0);
      const { status } = useWebSocket(async () => path.url());
      useEffect(() => {
        const timer = setInterval(() => setRenders((count) => count + 1), 50);
        return () => clearInterval(timer);
      }, []);
      return <output>{`${status} ${renders >= 40}`}</output>;
    }
    const { getByRole, unmount } = await render(
      <StrictMode>
        <Restless />
      </StrictMode>,
    );
    await expect.element(getByRole('status'), { timeout: 5_000 }).toHaveTextContent('connected true');
    expect(await path.seen()).toMatchObject({ accepted: 1, open: 1 });

    await unmount();
    await expect.poll(path.seen).toMatchObject({ accepted: 1, open: 0, closes: [{ code: 1000, reason: '' }] });
  });

  test(`loses none of ${BURST} messages, and renders at most once per frame`, async () => {
    const path = testPath();
    const heard: string[] = [];
    let frames = countFrames();
    const add = (count: number, message: unknown) => count + Number(Number(message) === count);
    function Counter() {
      const { data, send, status } = useWebSocket(path.url(), {
        collect: reduce(add, 0),
        onMessage: (message) => heard.push(String(message)),
      });
      frames.note();
      return <button onClick={() => send(`/burst ${BURST}`)}>{`${status} ${data}`}</button>;
    }
    const { getByRole } = await render(<Counter />);
    await expect.element(getByRole('button')).toHaveTextContent('connected 0');

    frames = countFrames();
    await getByRole('button').click();
    await expect.element(getByRole('button'), { timeout: 10_000 }).toHaveTextContent(`connected ${BURST}`);

    const { renders, ticks, mostInOneFrame } = frames.stop();
    console.info(`React: ${BURST} messages, ${renders} renders, ${ticks} frames`);
    expect(heard).toEqual(Array.from({ length: BURST }, (_, index) => String(index)));
    expect(mostInOneFrame).toBe(1);
    expect(renders).toBeLessThanOrEqual(ticks + 1);
  });

  test('keeps the socket when a component is replaced by another in one go, as hot reloads do', async () => {
    const path = testPath();
    function Line() {
      const { status, data, send } = useWebSocket(path.url(), { collect: keepLast(1) });
      return <button onClick={() => send('/number')}>{`${status} ${data.length ? String(data[0]) : '-'}`}</button>;
    }
    const { getByRole, rerender } = await render(<Line key="before" />);
    await expect.element(getByRole('button')).toHaveTextContent('connected -');
    await rerender(<Line key="after" />);
    await expect.element(getByRole('button')).toHaveTextContent('connected -');
    await getByRole('button').click();
    await expect.element(getByRole('button')).toHaveTextContent('connected 0');
    expect(await path.seen()).toMatchObject({ accepted: 1, open: 1, closes: [] });
  });
});
