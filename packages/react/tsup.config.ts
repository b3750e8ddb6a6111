import { packageConfig } from '../../tsup.base';

export default packageConfig({ banner: { js: "'use client';" } });
