import { useInsertionEffect, useRef, type RefObject } from 'react';

/** Holds the value rendered last, for what is called later. Not to be read while rendering. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
}
