"""The engine: checking in parallel and from the cache, limits on time and memory, sweeps over many instances."""
