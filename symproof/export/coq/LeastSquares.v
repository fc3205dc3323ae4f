(* Exact least squares: a check of integers, and what it means for every affine function. Nothing here is assumed. *)
From Coq Require Import Reals Lra Lia ZArith List.
Import ListNotations.
Open Scope R_scope.

(* Integer data: each sample has a row of inputs (with a last entry for the intercept) and a target. The fit is
   (numerators) / den. All sums are over the samples. *)
Fixpoint dotz (a b : list Z) : Z :=
  match a, b with x :: s, y :: t => (x * y + dotz s t)%Z | _, _ => 0%Z end.
Fixpoint dot (a : list Z) (b : list R) : R :=
  match a, b with x :: s, y :: t => IZR x * y + dot s t | _, _ => 0 end.
Fixpoint squares (rows : list (list Z * Z)) (c : list R) : R :=
  match rows with [] => 0 | (x, y) :: s => (IZR y - dot x c) ^ 2 + squares s c end.

(* The vector of sums of residual times input, where the residual is den * y - numerators . x. *)
Fixpoint addz (a b : list Z) : list Z :=
  match a, b with x :: s, y :: t => (x + y)%Z :: addz s t | _, _ => [] end.
Definition residual (den : Z) (num : list Z) (r : list Z * Z) : Z := (den * snd r - dotz (fst r) num)%Z.
Fixpoint normal (p : nat) (den : Z) (num : list Z) (rows : list (list Z * Z)) : list Z :=
  match rows with
  | [] => repeat 0%Z p
  | r :: s => addz (map (Z.mul (residual den num r)) (fst r)) (normal p den num s)
  end.
Definition check (p : nat) (den : Z) (num : list Z) (rows : list (list Z * Z)) : bool :=
  ((0 <? den)%Z && (length num =? p)%nat && forallb (fun r => (length (fst r) =? p)%nat) rows
   && forallb (Z.eqb 0) (normal p den num rows))%bool.

Definition fit (den : Z) (num : list Z) : list R := map (fun n => IZR n / IZR den) num.

Lemma dot_fit den num x : IZR den <> 0 -> dot x (fit den num) = IZR (dotz x num) / IZR den.
Proof.
  intros h. revert num. induction x as [|a x IH]; intros [|n num]; cbn; try (field; exact h).
  unfold fit in IH. rewrite IH, plus_IZR, mult_IZR. field. exact h.
Qed.
Fixpoint minus (c d : list R) : list R :=
  match c, d with x :: s, y :: t => (x - y) :: minus s t | _, _ => [] end.
Lemma dot_minus x : forall c d, length c = length x -> length d = length x -> dot x (minus c d) = dot x c - dot x d.
Proof.
  induction x as [|a x IH]; intros [|u c] [|v d] h k; cbn in *; try discriminate; [lra|].
  rewrite IH by lia. lra.
Qed.
Lemma dot_add : forall a b c, length a = length b -> dot (addz a b) c = dot a c + dot b c.
Proof.
  induction a as [|x a IH]; intros [|y b] [|u c] h; cbn in *; try discriminate; try lra.
  rewrite IH by lia. rewrite plus_IZR. lra.
Qed.
Lemma dot_scale k : forall a c, dot (map (Z.mul k) a) c = IZR k * dot a c.
Proof. induction a as [|x a IH]; intros [|u c]; cbn; try lra. rewrite IH, mult_IZR. lra. Qed.
Lemma dot_zeros : forall a c, forallb (Z.eqb 0) a = true -> dot a c = 0.
Proof.
  induction a as [|x a IH]; intros [|u c] h; cbn in *; try lra. apply andb_prop in h as [h k].
  destruct x; try discriminate. rewrite IH by exact k. lra.
Qed.
Lemma dot_repeat : forall p c, dot (repeat 0%Z p) c = 0.
Proof. induction p as [|p IH]; intros [|u c]; cbn; try lra. rewrite IH. lra. Qed.
Lemma addz_length : forall a b, length a = length b -> length (addz a b) = length a.
Proof. induction a as [|x a IH]; intros [|y b] h; cbn in *; try discriminate; [reflexivity|]. rewrite IH; lia. Qed.
Lemma normal_length p den num rows :
  forallb (fun r => (length (fst r) =? p)%nat) rows = true -> length (normal p den num rows) = p.
Proof.
  induction rows as [|r s IH]; cbn; intros h; [apply repeat_length|]. apply andb_prop in h as [h k].
  apply Nat.eqb_eq in h. rewrite addz_length, map_length; [exact h|]. rewrite IH by exact k. now rewrite map_length.
Qed.

(* The difference of the risks is a square plus a multiple of the normal equations. *)
Fixpoint cross (den : Z) (num : list Z) (rows : list (list Z * Z)) (v : list R) : R :=
  match rows with [] => 0 | r :: s => IZR (residual den num r) * dot (fst r) v + cross den num s v end.
Lemma cross_normal p den num rows v : forallb (fun r => (length (fst r) =? p)%nat) rows = true ->
  cross den num rows v = dot (normal p den num rows) v.
Proof.
  induction rows as [|r s IH]; cbn; intros h; [now rewrite dot_repeat|]. apply andb_prop in h as [h k].
  apply Nat.eqb_eq in h. rewrite dot_add, dot_scale, IH by (trivial; rewrite map_length, normal_length; trivial).
  reflexivity.
Qed.
Lemma squares_above p den num rows c : (0 < den)%Z -> length num = p -> length c = p ->
  forallb (fun r => (length (fst r) =? p)%nat) rows = true ->
  squares rows (fit den num) <= squares rows c + 2 / IZR den * cross den num rows (minus c (fit den num)).
Proof.
  intros hd hn hc. assert (d : 0 < IZR den) by (apply IZR_lt; exact hd).
  induction rows as [|[x y] s IH]; cbn [squares cross forallb]; intros h; [lra|].
  apply andb_prop in h as [h k]. apply Nat.eqb_eq in h. cbn [fst] in *. specialize (IH k).
  assert (e : dot x (minus c (fit den num)) = dot x c - dot x (fit den num)).
  { apply dot_minus; [lia|]. unfold fit. rewrite map_length. lia. }
  assert (r : IZR (residual den num (x, y)) = IZR den * (IZR y - dot x (fit den num))).
  { unfold residual. cbn [fst snd]. rewrite minus_IZR, mult_IZR, dot_fit by lra. field. lra. }
  rewrite r, e, Rmult_plus_distr_l.
  set (f := dot x (fit den num)) in *. set (g := dot x c) in *.
  replace (2 / IZR den * (IZR den * (IZR y - f) * (g - f))) with (2 * (IZR y - f) * (g - f)) by (field; lra).
  assert (q : 0 <= (g - f) ^ 2) by apply pow2_ge_0. lra.
Qed.
Theorem least_squares p den num rows : check p den num rows = true ->
  forall c : list R, length c = p -> squares rows (fit den num) <= squares rows c.
Proof.
  unfold check. intros h c hc. apply andb_prop in h as [h z]. apply andb_prop in h as [h r].
  apply andb_prop in h as [d n]. apply Z.ltb_lt in d. apply Nat.eqb_eq in n.
  pose proof (squares_above p den num rows c d n hc r) as s.
  rewrite (cross_normal p) in s by exact r. rewrite dot_zeros in s by exact z. lra.
Qed.

(* The data itself: each column (the inputs, and the targets) is integers divided by a scale of its own. *)
Fixpoint affine (scales x : list Z) (c : list R) : R :=
  match scales, x, c with s :: q, a :: t, u :: v => IZR a / IZR s * u + affine q t v | _, _, _ => 0 end.
Fixpoint sum_squares (scales : list Z) (target : Z) (rows : list (list Z * Z)) (c : list R) : R :=
  match rows with
  | [] => 0
  | (x, y) :: s => (IZR y / IZR target - affine scales x c) ^ 2 + sum_squares scales target s c
  end.
Fixpoint fitted (scales : list Z) (target den : Z) (num : list Z) : list R :=
  match scales, num with
  | s :: q, n :: t => IZR n * IZR s / (IZR den * IZR target) :: fitted q target den t
  | _, _ => []
  end.
Fixpoint scaled (scales : list Z) (target : Z) (c : list R) : list R :=
  match scales, c with s :: q, u :: v => IZR target * u / IZR s :: scaled q target v | _, _ => [] end.

Lemma dot_scaled target : forall scales x c, dot x (scaled scales target c) = IZR target * affine scales x c.
Proof.
  induction scales as [|s q IH]; intros [|a x] [|u c]; cbn; try lra. rewrite IH. unfold Rdiv. ring.
Qed.
Lemma squares_scaled target scales rows c : IZR target <> 0 ->
  squares rows (scaled scales target c) = IZR target ^ 2 * sum_squares scales target rows c.
Proof.
  intros h. induction rows as [|[x y] s IH]; cbn [squares sum_squares]; [ring|]. rewrite IH, dot_scaled. field. exact h.
Qed.
Lemma scaled_fitted target den : IZR target <> 0 -> IZR den <> 0 -> forall scales num, length scales = length num ->
  forallb (Z.ltb 0) scales = true -> scaled scales target (fitted scales target den num) = fit den num.
Proof.
  intros t d. induction scales as [|s q IH]; intros [|n num] h k; cbn [scaled fitted fit map] in *; try discriminate; [reflexivity|].
  apply andb_prop in k as [p k]. apply Z.ltb_lt in p. apply IZR_lt in p. unfold fit in IH. rewrite IH.
  - f_equal. field. repeat split; lra.
  - cbn in h. lia.
  - exact k.
Qed.
Lemma scaled_length target : forall scales c, length c = length scales -> length (scaled scales target c) = length scales.
Proof. induction scales as [|s q IH]; intros [|u c] h; cbn in *; try discriminate; [reflexivity|]. rewrite IH; lia. Qed.

Definition check_data (scales : list Z) (target den : Z) (num : list Z) (rows : list (list Z * Z)) : bool :=
  ((0 <? target)%Z && forallb (Z.ltb 0) scales && check (length scales) den num rows)%bool.
Theorem no_smaller_sum scales target den num rows : check_data scales target den num rows = true ->
  forall c : list R, length c = length scales ->
  sum_squares scales target rows (fitted scales target den num) <= sum_squares scales target rows c.
Proof.
  unfold check_data. intros h c hc. apply andb_prop in h as [h k]. apply andb_prop in h as [t s].
  apply Z.ltb_lt in t. apply IZR_lt in t.
  assert (d : (0 <? den)%Z = true /\ length num = length scales).
  { unfold check in k. apply andb_prop in k as [k _]. apply andb_prop in k as [k _]. apply andb_prop in k as [a b].
    apply Nat.eqb_eq in b. now split. }
  destruct d as [d n]. apply Z.ltb_lt in d. apply IZR_lt in d.
  pose proof (least_squares _ _ _ _ k (scaled scales target c)) as q. rewrite scaled_length in q by exact hc.
  specialize (q eq_refl). rewrite <- (scaled_fitted target den) with (scales := scales) in q by (try lra; trivial; now symmetry).
  rewrite !squares_scaled in q by lra. apply Rmult_le_reg_l in q; [exact q|]. apply pow_lt. exact t.
Qed.
