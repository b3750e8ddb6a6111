import { memo, type ComponentType } from 'react';

/** The same grid for everybody who renders with React. */
export const TileGrid = memo(function TileGrid({
  topics,
  Tile,
}: {
  topics: readonly string[];
  Tile: ComponentType<{ topic: string }>;
}) {
  return topics.map((topic) => <Tile key={topic} topic={topic} />);
});
