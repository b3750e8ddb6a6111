import type { AnyChannel } from '@tautline/core';
import { useEffect } from 'react';
import { useLatest } from './useLatest';

/** By the app's own names of events, never by those that come from the wire. */
type Handlers = Readonly<Record<string, ((detail: never) => void) | undefined>>;

/** Listens while mounted, always with the handlers rendered last: other names listen anew, other functions do not. */
export function useHandlers(channel: AnyChannel | null, handlers: Handlers = {}): void {
  const latest = useLatest(handlers);
  const names = JSON.stringify(Object.keys(handlers));
  useEffect(() => {
    const stops = Object.keys(latest.current).map(
      (name) => channel?.on(name, (detail) => latest.current[name]?.(detail as never)), // the event's own kind
    );
    return () => stops.forEach((stop) => stop?.());
  }, [channel, names, latest]);
}
