import { clockTime, lastEventsOf, type WatchedLine } from '@tautline-examples/shared/page';
import { useEvery } from '../parts/useEvery';

/** What happened to a line last, in words. */
export function LineEvents({ line: { recorder } }: { readonly line: WatchedLine }) {
  const events = useEvery(500, () => lastEventsOf(recorder.entries, 20));
  return (
    <ol className="events small" aria-label="Last events" tabIndex={0}>
      {events.map(({ at, kind, text }, index) => (
        <li key={`${at} ${index}`} data-mark={kind}>
          <time className="muted number">{clockTime(at)}</time> {text}
        </li>
      ))}
    </ol>
  );
}
