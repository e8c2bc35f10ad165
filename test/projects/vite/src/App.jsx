export const App = () => (
  <main>
    <img src="/shop/mug.png" alt="A mug" width="23" height="10" />
    <img src={new URL("./leaf.png", import.meta.url).href} alt="A leaf" width="22" height="10" />
    <p className="paper">Mugs</p>
    <p className="wood">Plates</p>
  </main>
);
