import { REGIONS, type Coordinates, type RegionName } from '@tautline-examples/shared';
import { geoConicConformal, geoPath, type GeoPermissibleObjects } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-50m.json?url';
import type { Place } from './neighbour';

/** The outlines of the world, 1 : 50 million. */
export interface Coasts {
  readonly land: GeoPermissibleObjects;
  readonly borders: GeoPermissibleObjects;
}

/** What a map is drawn on, in the units of its `viewBox`. */
export const MAP_SIZE = { width: 640, height: 520 };
/** How far the devices of a region roam, in degrees to either side and up and down. */
const ROAMED = { x: 2.4, y: 1.6 };

export interface DrawnMap {
  /** The `d` of an SVG path. */
  readonly land: string;
  readonly borders: string;
  /** The names of the regions, above where their devices are. */
  readonly labels: readonly (Place & { readonly name: string })[];
  place(point: Coordinates): Place;
}

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

/** Three quarters of a megabyte, so only who looks at a map loads them. */
export async function loadCoasts(): Promise<Coasts> {
  const response = await fetch(atlas);
  const world = (await response.json()) as World; // what `world-atlas` says it holds
  return {
    land: feature(world, world.objects.land),
    borders: mesh(world, world.objects.countries, (one, other) => one !== other),
  };
}

/** One region, or all of them, as large as can be. */
export function drawMap({ land, borders }: Coasts, shown: RegionName | 'all'): DrawnMap {
  const { width, height } = MAP_SIZE;
  const regions = Object.entries(REGIONS).filter(([name]) => shown === 'all' || name === shown);
  const corners = regions.flatMap(([, [longitude, latitude]]) =>
    [-1, 1].flatMap((x) => [-1, 1].map((y) => [longitude + x * ROAMED.x, latitude + y * ROAMED.y])),
  );
  const projection = geoConicConformal()
    .parallels([40, 60])
    .rotate([-8, 0])
    .fitExtent(
      [
        [0, 24],
        [width, height],
      ],
      { type: 'MultiPoint', coordinates: corners },
    )
    .clipExtent([
      [-1, -1],
      [width + 1, height + 1],
    ]);
  const path = geoPath(projection).digits(1);
  const place = (point: Coordinates): Place => {
    const [x, y] = projection([...point]) ?? [0, 0]; // this projection has a place for every point
    return { x, y };
  };
  return {
    land: path(land) ?? '',
    borders: path(borders) ?? '',
    labels: regions.map(([name, [longitude, latitude]]) => ({
      name,
      ...place([longitude, latitude + ROAMED.y - 0.15]),
    })),
    place,
  };
}
