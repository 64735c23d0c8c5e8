"""Results → sentences in German and English. Light: pages use it too."""
