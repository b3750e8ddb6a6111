/** How many there are of something, as a pill; nothing for none. */
export function Count({ count = 0, of }: { readonly count?: number | undefined; readonly of: string }) {
  if (!count) return null;
  return (
    <span className="count number">
      {count > 99 ? '99+' : count}
      <span className="visually-hidden"> {of}</span>
    </span>
  );
}
