import type { Gap } from '@tautline-examples/shared/page';
import { LoaderCircle, RotateCw } from 'lucide-react';

interface GapDividerProps {
  readonly gap: Gap;
  readonly onFill: () => void;
}

/** A place in the log where something is missing: on its way, not to be had now, or for ever. */
export function GapDivider({ gap, onFill }: GapDividerProps) {
  switch (gap.status) {
    case 'open':
    case 'filling':
      return (
        <li className="divider gap" data-state="filling">
          <LoaderCircle className="spinning" aria-hidden />
          Loading what you missed…
        </li>
      );
    case 'gone':
      return <li className="divider gap">Messages are missing here: the server no longer has them</li>;
    case 'failed':
      return (
        <li className="divider gap">
          What you missed did not come: {gap.reason}
          <button type="button" className="button" onClick={onFill}>
            <RotateCw aria-hidden />
            Try again
          </button>
        </li>
      );
  }
}
