import { seededRandom } from './random';

/** What is known of a symbol before any price comes. */
export interface Listing {
  readonly symbol: string;
  readonly name: string;
  readonly sector: string;
}

const FIRST = [
  'Amber',
  'Atlas',
  'Aurora',
  'Basalt',
  'Beacon',
  'Cedar',
  'Cobalt',
  'Coral',
  'Delta',
  'Ember',
  'Fjord',
  'Granite',
  'Harbor',
  'Helio',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lumen',
  'Maple',
  'Meridian',
  'Nimbus',
  'Nordic',
  'Onyx',
  'Orchid',
  'Pioneer',
  'Quartz',
  'Raven',
  'Sierra',
  'Summit',
  'Tidal',
  'Umber',
  'Vertex',
  'Willow',
  'Zephyr',
];

const SECOND: Record<string, readonly string[]> = {
  Energy: ['Power', 'Solar', 'Grid', 'Petrol', 'Wind'],
  Finance: ['Bank', 'Capital', 'Trust', 'Insurance', 'Credit'],
  Health: ['Pharma', 'Genomics', 'Care', 'Medical', 'Biotech'],
  Industry: ['Steel', 'Works', 'Rail', 'Marine', 'Tools'],
  Materials: ['Mining', 'Metals', 'Timber', 'Glass', 'Polymers'],
  Retail: ['Foods', 'Stores', 'Apparel', 'Home', 'Brands'],
  Technology: ['Systems', 'Semi', 'Cloud', 'Robotics', 'Data'],
  Transport: ['Air', 'Freight', 'Motors', 'Logistics', 'Lines'],
};

/** The 1,000 symbols: the same in every process, so neither side has to send them. */
export const LISTINGS: readonly Listing[] = createListings(1_000);

const BY_SYMBOL = new Map(LISTINGS.map((listing) => [listing.symbol, listing]));

export const findListing = (symbol: string): Listing | undefined => BY_SYMBOL.get(symbol);

function createListings(count: number): Listing[] {
  const random = seededRandom(1_000);
  const sectors = Object.keys(SECOND);
  const names = sectors.flatMap((sector) =>
    FIRST.flatMap((first) => (SECOND[sector] ?? []).map((second) => ({ first, second, sector }))),
  );
  const taken = new Set<string>();

  return shuffle(names, random)
    .slice(0, count)
    .map(({ first, second, sector }) => {
      const symbol = freeSymbol(first.slice(0, 2) + second.slice(0, 2), taken);
      taken.add(symbol);
      return { symbol, name: `${first} ${second}`, sector };
    })
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

function freeSymbol(wish: string, taken: ReadonlySet<string>): string {
  const base = wish.toUpperCase();
  if (!taken.has(base)) return base;
  for (let code = 65; code < 91; code++) {
    const symbol = base.slice(0, 3) + String.fromCharCode(code) + base.slice(3);
    if (!taken.has(symbol)) return symbol;
  }
  throw new Error(`No symbol is left for ${wish}.`);
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
