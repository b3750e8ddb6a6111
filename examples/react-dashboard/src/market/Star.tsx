import { Star as StarIcon } from 'lucide-react';
import { memo } from 'react';
import { toggleWatched, useIsWatched } from './watchList';

/** Puts a symbol on the watch list. No tab stop: in the grid the key S does the same. */
export const Star = memo(function Star({ symbol }: { readonly symbol: string }) {
  return (
    <button
      type="button"
      className="star"
      tabIndex={-1}
      aria-pressed={useIsWatched(symbol)}
      aria-label={`Watch ${symbol}`}
      onClick={(event) => {
        event.stopPropagation(); // the row is not chosen
        toggleWatched(symbol);
      }}
    >
      <StarIcon aria-hidden />
    </button>
  );
});
