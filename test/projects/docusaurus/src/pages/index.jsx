export default function Home() {
  return (
    <main>
      <img src="/project/img/hero.png" alt="A hut" width="41" height="10" />
      <img src={require("./stone.png").default} alt="A stone" width="43" height="10" />
    </main>
  );
}
