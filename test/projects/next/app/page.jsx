export default function Page() {
  return (
    <main className="paper">
      <img src="/docs/hero.png" alt="A hut" width="71" height="10" />
      <p className="wood">Huts</p>
    </main>
  );
}
