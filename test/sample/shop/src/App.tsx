const euro = new Intl.NumberFormat("en", { style: "currency", currency: "EUR" });

/** The hut's shop. A file in `public/` is served from `/`. */
export function App() {
  return (
    <main>
      <h1>Take a little of the hut home</h1>
      <article>
        <img src="/mug.webp" alt="A teal enamel mug with white mountains on it" width={800} height={600} />
        <h2>Enamel mug</h2>
        <p>{euro.format(14)}</p>
      </article>
      <article>
        {/* picture of the wool blanket goes here */}
        <h2>Wool blanket</h2>
        <p>{euro.format(89)}</p>
      </article>
    </main>
  );
}
