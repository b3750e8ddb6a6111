import { useInsertionEffect, useRef, type RefObject } from 'react';

/** A ref to the value rendered last: in place before effects run, so that what they set up calls the newest function. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
}
