globalThis.__proscenium = {};
