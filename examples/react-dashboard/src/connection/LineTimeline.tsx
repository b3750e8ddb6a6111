import { timelineOf, type WatchedLine } from '@tautline-examples/shared/page';
import { useEvery } from '../parts/useEvery';

/** What is shown, in milliseconds. */
const WINDOW = 60_000;

/** The last minute of a line: its states as spans, what happened as marks. The list of events says the same in words. */
export function LineTimeline({ line: { recorder, name } }: { readonly line: WatchedLine }) {
  const { from, spans, marks } = useEvery(200, () => {
    const now = Date.now();
    return { from: now - WINDOW, ...timelineOf(recorder.entries, now - WINDOW, now) };
  });
  const x = (time: number) => `${(((time - from) / WINDOW) * 100).toFixed(2)}%`;

  return (
    <svg className="timeline" role="img" aria-label={`The last minute of ${name}`}>
      {spans.map(({ state, from: start, to, text }) => (
        <rect
          key={`${start} ${state}`}
          data-state={state}
          x={x(start)}
          width={x(from + to - start)}
          y="30%"
          height="40%"
        >
          <title>{text}</title>
        </rect>
      ))}
      {marks.map(({ kind, at, text }, index) => (
        <g key={`${at} ${index}`} data-mark={kind}>
          <line x1={x(at)} x2={x(at)} y1="0" y2="100%" />
          <circle cx={x(at)} cy="50%" r="3" />
          <title>{text}</title>
        </g>
      ))}
    </svg>
  );
}
