export default function Page() {
  return (
    <main className="paper">
      <img src="/docs/hero.png" alt="A hut" width="71" height="10" />
      <img src={require("./leaf.png").default.src} alt="A leaf" width="74" height="10" />
      <p className="wood">Huts</p>
    </main>
  );
}
