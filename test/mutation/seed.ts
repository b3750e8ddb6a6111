import fc from 'fast-check';

// The score of a run is that of any other.
fc.configureGlobal({ seed: 1 });
