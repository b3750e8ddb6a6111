import type { Earlier } from '@tautline-examples/shared/page';
import { LoaderCircle, RotateCw, TriangleAlert } from 'lucide-react';

interface EarlierMessagesProps {
  readonly room: string;
  readonly earlier: Earlier;
  readonly onLoad: () => void;
}

/** The top of the log: more to load, or the beginning. */
export function EarlierMessages({ room, earlier, onLoad }: EarlierMessagesProps) {
  switch (earlier.status) {
    case 'unknown':
      return null;
    case 'beginning':
      return <li className="earlier muted small">This is the beginning of #{room}.</li>;
    case 'loading':
      return (
        <li className="earlier muted small">
          <LoaderCircle className="spinning" aria-hidden />
          Loading earlier messages…
        </li>
      );
    case 'more':
      return (
        <li className="earlier">
          <button type="button" className="button quiet" onClick={onLoad}>
            Load earlier messages
          </button>
        </li>
      );
    case 'failed':
      return (
        <li className="earlier">
          <p className="down small">
            <TriangleAlert aria-hidden />
            Earlier messages did not come: {earlier.reason}
          </p>
          <button type="button" className="button" onClick={onLoad}>
            <RotateCw aria-hidden />
            Try again
          </button>
        </li>
      );
  }
}
