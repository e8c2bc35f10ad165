export default function Home() {
  return <img src="/project/img/hero.png" alt="A hut" width="41" height="10" />;
}
